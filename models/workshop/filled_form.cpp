#include <algorithm>

#include "letter/text.hpp"
#include "models/workshop/blank_form.hpp"
#include "models/workshop/sheets.hpp"

namespace workshop {
namespace {

// Digits only: JJMMAAAA.
std::string cells_of(letter::Day day) {
  const std::string french = letter::french(day);
  std::string digits;
  std::copy_if(french.begin(), french.end(), std::back_inserter(digits), [](char c) { return c != '/'; });
  return digits;
}

// What this writer puts into the boxes of the form, by element; some leave some of them empty.
std::map<std::string, std::string> box_texts(const Desk& desk) {
  const Sender& sender = desk.telling.sender;
  Dice& dice = desk.dice;
  const bool company = desk.telling.story.writer == Writer::entreprise;
  std::map<std::string, std::string> texts{{"ADR_VOIE", sender.street},
                                           {"ADR_CP", sender.town.postcode},
                                           {"ADR_VILLE", sender.town.name},
                                           {"NUM_CONTRAT", sender.contract}};
  if (!company || dice.chance(0.6)) {
    texts["NOM_USAGE"] = sender.last_name;
    texts["PRENOM"] = sender.first_name;
  }
  if (!company) {
    texts["NOM_NAISSANCE"] = sender.birth_name;
    texts["DATE_NAISSANCE"] = cells_of(sender.born);
    texts["NIR"] = dice.chance(0.06) ? sender.nir.substr(0, 13) : sender.nir;
    if (dice.chance(0.6)) texts["NUM_ADHERENT"] = sender.member_number;
  }
  if (company || dice.chance(0.4)) texts["RAISON_SOCIALE"] = sender.company;
  if (company || dice.chance(0.1)) texts["SIRET"] = sender.siret;
  if (dice.chance(0.7)) texts["TEL"] = sender.phone;
  if (dice.chance(0.6)) texts["EMAIL"] = sender.email;
  if (dice.chance(0.5)) texts["NUM_DOSSIER"] = sender.claim;
  if (desk.telling.earlier) texts["DEJA_DATE"] = cells_of(*desk.telling.earlier);
  if (dice.chance(0.4)) texts["NB_PJ"] = "0" + std::to_string(dice.between(1, 6));
  if (dice.chance(0.85)) texts["FAIT_A"] = sender.town.name;
  if (dice.chance(0.93)) texts["FAIT_LE"] = cells_of(desk.telling.written);
  return texts;
}

// The tick that a writer makes for the subject: mostly the right one, sometimes none, another or two.
std::vector<std::string> subject_ticks(const Desk& desk) {
  std::vector<std::string> all;
  std::string right;
  const Story& story = desk.telling.story;
  for (const ocr::Element& element : desk.form.elements) {
    if (element.queue.empty()) continue;
    all.push_back(element.id);
    if (element.queue == letter::id(story.queue)) right = element.id;
    if (right.empty() && story.secondary && element.queue == letter::id(*story.secondary)) right = element.id;
  }
  if (all.empty()) return {};
  const double fate = desk.dice.unit();
  std::vector<std::string> ticks;
  if (!right.empty() && fate >= 0.10 && fate < 0.92) ticks.push_back(right);
  if (fate >= 0.86) ticks.push_back(desk.dice.pick(all));  // two, or a wrong one alone
  ticks.erase(std::unique(ticks.begin(), ticks.end()), ticks.end());
  return ticks;
}

std::vector<std::string> ticks(const Desk& desk) {
  static constexpr const char* who[] = {"QUAL_ASSURE", "QUAL_BENEF", "QUAL_MANDATAIRE", "QUAL_ENTREPRISE"};
  const Story& story = desk.telling.story;
  Dice& dice = desk.dice;
  std::vector<std::string> all = subject_ticks(desk);
  if (dice.chance(0.92)) all.emplace_back(who[static_cast<int>(story.writer)]);
  if (story.writer != Writer::entreprise && dice.chance(0.85))
    all.emplace_back(desk.telling.sender.woman ? "CIV_MME" : "CIV_M");
  for (const std::string& reason : story.reasons)
    if (dice.chance(0.9)) all.push_back(reason);
  if (story.reasons.empty() && dice.chance(0.5)) all.emplace_back("MOT_AUTRE");
  if (desk.telling.earlier)
    all.emplace_back("DEJA_OUI");
  else if (dice.chance(0.5))
    all.emplace_back("DEJA_NON");
  if (story.queue == letter::Queue::mediation && dice.chance(0.5)) all.emplace_back("DEJA_MEDIATEUR");
  if (story.medical) all.emplace_back("PJ_MEDICAL");
  if (dice.chance(0.6)) all.emplace_back(dice.chance(0.6) ? "REP_COURRIER" : "REP_EMAIL");
  return all;
}

// The characters that fit, as the writer puts them: capitals without accents. A careless one begins a cell
// late where there is room.
void fill_comb(Canvas& canvas, const Desk& desk, const ocr::Element& comb, const std::string& text) {
  std::string capitals = letter::folded(text);
  const double care = desk.writing.carelessness;
  if (ocr::cell_letters(comb, 1).find(' ') != std::string::npos && capitals.size() < comb.cell_x.size() &&
      desk.dice.chance(0.1 * care))
    capitals.insert(0, 1, ' ');
  const double rise = desk.dice.around(0, 0.01 * care);  // the whole row climbs or sinks
  std::string written;
  for (const char c : capitals) {
    const auto cell = static_cast<std::uint32_t>(written.size());
    if (cell == comb.cell_x.size()) break;
    if (ocr::cell_letters(comb, cell + 1).find(c) == std::string::npos) continue;
    const double x = comb.cell_x[cell];
    const Rect where{x, comb.y + rise * (x - comb.x), comb.cell_w, comb.h};
    if (c != ' ') write_cell(canvas, desk.writing, where, std::string(1, c), desk.dice);
    written.push_back(c);
  }
  while (!written.empty() && written.back() == ' ') written.pop_back();
  if (!written.empty()) desk.truth.boxes[comb.id] = written;
}

// Writes what fits on the rules; the answer is what is left over.
std::vector<std::string> fill_lines(Canvas& canvas, const Desk& desk, const ocr::Element& area) {
  const double size = desk.writing.hand ? 4.3 : 3.3;
  const double margin = 2.5;
  const std::string words = with_slips(desk.writing, as_written(desk.writing, desk.telling.words), desk.dice);
  auto lines =
      wrapped(canvas, words, lettering_of(desk.writing, size), area.w - (desk.writing.hand ? 3 : 2) * margin);
  const std::size_t fit = std::min<std::size_t>(lines.size(), area.lines);
  for (std::size_t i = 0; i < fit; ++i) {
    const double baseline = area.y + static_cast<double>(i + 1) * area.line_pitch - 1.8;
    write_line(canvas, desk.writing, {area.x + margin, baseline}, lines[i], size, desk.dice);
  }
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(fit));
  return lines;
}

const ocr::Element* tick_of(const Desk& desk, const std::string& id) {
  const ocr::Element* box = ocr::find(desk.form, id);
  return box && box->kind == ocr::ElementKind::tick ? box : nullptr;  // another form has other boxes
}

void mark_box(Canvas& canvas, const Desk& desk, const std::string& id, Mark mark) {
  const ocr::Element* box = tick_of(desk, id);
  if (!box) return;
  Dice own(desk.dice.next(), 0);  // whatever the mark, the rest of the sheet stays the same
  make_mark(canvas, desk.writing, {box->x, box->y, box->w, box->h}, mark, own);
  if (state_of(mark) == "ticked") desk.truth.boxes[id] = "true";
  const bool plain = mark != Mark::faint && (state_of(mark) == "ticked" || mark == Mark::none);
  if (!plain) desk.truth.ticks[id] = state_of(mark);
}

// Second thoughts and stray strokes, at boxes that are not ticked.
void spoil_boxes(Canvas& canvas, const Desk& desk) {
  std::vector<std::string> free;
  for (const ocr::Element& element : desk.form.elements)
    if (element.kind == ocr::ElementKind::tick && !desk.truth.boxes.contains(element.id))
      free.push_back(element.id);
  const auto at_one = [&](Mark mark) {
    if (free.empty()) return;
    const auto which = desk.dice.below(static_cast<std::uint32_t>(free.size()));
    mark_box(canvas, desk, free[which], mark);
    free.erase(free.begin() + which);
  };
  const double d = desk.writing.hand ? desk.difficulty : 0;
  if (desk.dice.chance(0.35 * d)) at_one(desk.dice.chance(0.5) ? Mark::struck : Mark::blackened);
  if (desk.dice.chance(0.3 * d)) at_one(Mark::passing);
  if (desk.dice.chance(0.3 * d)) at_one(Mark::grazed);
  if (desk.dice.chance(0.05 * d)) at_one(Mark::circled);
}

void fill_ticks(Canvas& canvas, const Desk& desk) {
  if (desk.marks) {
    for (const auto& [id, mark] : *desk.marks) mark_box(canvas, desk, id, mark);
    return;
  }
  for (const std::string& id : ticks(desk))
    if (!desk.truth.boxes.contains(id))
      mark_box(canvas, desk, id, tick_mark_of(desk.writing, desk.difficulty, desk.dice));
  spoil_boxes(canvas, desk);
}

void fill_elements(Sheet& sheet, Desk& desk, std::vector<std::string>& left_over) {
  const auto texts = box_texts(desk);
  for (const ocr::Element& element : desk.form.elements) {
    const Rect where{element.x, element.y, element.w, element.h};
    if (const auto text = texts.find(element.id);
        text != texts.end() && element.kind == ocr::ElementKind::comb)
      fill_comb(sheet.ink, desk, element, text->second);
    if (element.kind == ocr::ElementKind::text_lines) left_over = fill_lines(sheet.ink, desk, element);
    if (element.kind == ocr::ElementKind::signature && desk.dice.chance(0.95)) {
      sign(sheet.print, where, desk.dice);  // with a pen of its own
      desk.truth.is_signed = true;
    }
    if (element.kind == ocr::ElementKind::reserved && desk.dice.chance(0.6))
      stamp(sheet.print, where, letter::french(desk.arrived), desk.dice);
  }
}

}  // namespace

std::vector<Raster> filled_form(Desk& desk) {
  Sheet sheet(desk.form.width, desk.form.height, desk.dpi);
  draw_blank(sheet.print, desk.form);
  fill_ticks(sheet.ink, desk);
  std::vector<std::string> left_over;
  fill_elements(sheet, desk, left_over);
  if (!left_over.empty() && !desk.marks) mark_box(sheet.ink, desk, "SUITE", Mark::cross);
  if (desk.dice.chance(0.15 * desk.difficulty))
    stamp_anywhere(sheet.print, {desk.dice.uniform(40, 170), desk.dice.uniform(30, 270)},
                   letter::french(desk.arrived), desk.dice);
  desk.truth.form = desk.form.id;
  desk.truth.paper = "form";
  desk.truth.text = as_written(desk.writing, desk.telling.words);
  if (desk.truth.boxes.contains("FAIT_LE")) desk.truth.letter_date = letter::iso(desk.telling.written);
  std::vector<Raster> pages{sheet.finished(desk.writing, desk.difficulty, desk.dice)};
  if (!left_over.empty()) pages.push_back(continuation(desk, left_over));
  return pages;
}

}  // namespace workshop
