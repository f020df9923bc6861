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

// The characters that fit, as the writer puts them: capitals without accents.
void fill_comb(Canvas& canvas, const Desk& desk, const ocr::Element& comb, const std::string& text) {
  const std::string capitals = letter::folded(text);
  std::string written;
  for (const char c : capitals) {
    const auto cell = static_cast<std::uint32_t>(written.size());
    if (cell == comb.cell_x.size()) break;
    if (ocr::cell_letters(comb, cell + 1).find(c) == std::string::npos) continue;
    if (c != ' ')
      write_cell(canvas, desk.writing, {comb.cell_x[cell], comb.y, comb.cell_w, comb.h}, std::string(1, c),
                 desk.dice);
    written.push_back(c);
  }
  while (!written.empty() && written.back() == ' ') written.pop_back();
  if (!written.empty()) desk.truth.boxes[comb.id] = written;
}

// Writes what fits on the rules; the answer is what is left over.
std::vector<std::string> fill_lines(Canvas& canvas, const Desk& desk, const ocr::Element& area) {
  const double size = desk.writing.hand ? 4.3 : 3.3;
  const Lettering lettering{desk.writing.face.family, size * desk.writing.face.scale};
  const double margin = 2.5;
  auto lines = wrapped(canvas, as_written(desk.writing, desk.telling.words), lettering,
                       area.w - (desk.writing.hand ? 3 : 2) * margin);
  const std::size_t fit = std::min<std::size_t>(lines.size(), area.lines);
  for (std::size_t i = 0; i < fit; ++i) {
    const double baseline = area.y + static_cast<double>(i + 1) * area.line_pitch - 1.8;
    write_line(canvas, desk.writing, {area.x + margin, baseline}, lines[i], size, desk.dice);
  }
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(fit));
  return lines;
}

void tick_box(Canvas& canvas, const Desk& desk, const std::string& id) {
  const ocr::Element* box = ocr::find(desk.form, id);
  if (!box || box->kind != ocr::ElementKind::tick) return;  // another form has other boxes
  tick(canvas, desk.writing, {box->x, box->y, box->w, box->h}, desk.dice);
  desk.truth.boxes[id] = "true";
}

}  // namespace

std::vector<Raster> filled_form(Desk& desk) {
  Canvas canvas(Medium::pixels, desk.form.width, desk.form.height, desk.dpi);
  draw_blank(canvas, desk.form);
  const auto texts = box_texts(desk);
  for (const std::string& id : ticks(desk)) tick_box(canvas, desk, id);
  std::vector<std::string> left_over;
  for (const ocr::Element& element : desk.form.elements) {
    const Rect where{element.x, element.y, element.w, element.h};
    if (const auto text = texts.find(element.id);
        text != texts.end() && element.kind == ocr::ElementKind::comb)
      fill_comb(canvas, desk, element, text->second);
    if (element.kind == ocr::ElementKind::text_lines) left_over = fill_lines(canvas, desk, element);
    if (element.kind == ocr::ElementKind::signature && desk.dice.chance(0.95)) sign(canvas, where, desk.dice);
    if (element.kind == ocr::ElementKind::reserved && desk.dice.chance(0.6))
      stamp(canvas, where, letter::french(desk.arrived), desk.dice);
  }
  if (!left_over.empty()) tick_box(canvas, desk, "SUITE");
  desk.truth.form = desk.form.id;
  desk.truth.text = as_written(desk.writing, desk.telling.words);
  if (desk.truth.boxes.contains("FAIT_LE")) desk.truth.letter_date = letter::iso(desk.telling.written);
  std::vector<Raster> pages{canvas.raster()};
  if (!left_over.empty()) pages.push_back(continuation(desk, left_over));
  return pages;
}

}  // namespace workshop
