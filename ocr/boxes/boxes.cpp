#include "ocr/boxes/boxes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <utility>

#include "letter/result.hpp"
#include "ocr/boxes/birth.hpp"
#include "ocr/boxes/likeness.hpp"
#include "ocr/boxes/one_hand.hpp"

namespace ocr {
namespace {

CellNet load_net(const std::filesystem::path& models_dir, const std::string& name) {
  std::ifstream in(models_dir / "handwriting" / name, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  auto net = CellNet::parse(bytes);
  if (!net) throw letter::BrokenWorld(name + ": " + net.error().en);
  return std::move(*net);
}

}  // namespace

const BoxRead* find_box(const std::vector<BoxRead>& boxes, std::string_view id) {
  const auto found =
      std::find_if(boxes.begin(), boxes.end(), [&](const BoxRead& box) { return box.element->id == id; });
  return found == boxes.end() || found->cells.empty() ? nullptr : &*found;
}

BoxRead* find_box(std::vector<BoxRead>& boxes, std::string_view id) {
  return const_cast<BoxRead*>(find_box(std::as_const(boxes), id));
}

bool has_note(const BoxRead& box, std::string_view code) {
  return std::any_of(box.settled.notes.begin(), box.settled.notes.end(),
                     [&](const letter::Reason& note) { return note.code == code; });
}

namespace {

std::vector<std::string> names_of(const Towns& towns) {
  std::vector<std::string> names;
  for (const auto& length : towns.all()) names.insert(names.end(), length.begin(), length.end());
  return names;
}

}  // namespace

Boxes::Boxes(const std::filesystem::path& models_dir)
    : net_(load_net(models_dir, "cells.net")),
      towns_(models_dir),
      lexicon_(models_dir),
      spelling_(names_of(towns_)),
      sureness_(models_dir) {}

BoxRead Boxes::read(const Element& element, const Comb& comb, bool by_hand) const {
  std::vector<cv::Mat> pictures;
  for (std::size_t i = 0; i < comb.filled(); ++i)
    if (comb.cells[i].inked) pictures.push_back(cell_picture(comb, i));
  const std::vector<CellSeen> answers = net_(pictures);
  BoxRead box;
  box.element = &element;
  std::size_t next = 0;
  for (std::size_t i = 0; i < comb.filled(); ++i) {
    if (!comb.cells[i].inked) {
      box.strokes.push_back({{{' ', 1.0}}, 1.0, false});
      box.looks.emplace_back();
      box.shapes.emplace_back();
      continue;
    }
    const CellSeen& seen = answers[next];
    box.shapes.push_back(by_hand ? std::vector<float>() : shape_of(pictures[next]));
    ++next;
    const std::string allowed = cell_letters(element, static_cast<std::uint32_t>(i + 1));
    box.strokes.push_back(choices_of(seen.log_p, net_.letters(), allowed));
    box.looks.push_back(seen.look);
  }
  box.cells = box.strokes;
  for (std::size_t i = 0; i < comb.filled(); ++i) {
    const Cell& cell = comb.cells[i];
    box.ink.push_back({cell.area_mm2, cell.tone});
    box.near_miss |= !cell.inked && cell.area_mm2 > 0.05;
  }
  box.left_over_mm2 = comb.left_over_mm2;
  box.print_shows = comb.print_shows;
  settle_kinds(box.cells);
  return box;
}

namespace {

// Some begin a cell late: what lists know begins with its first letter.
std::size_t indent_of(const std::vector<CellChoices>& cells) {
  const auto first =
      std::find_if(cells.begin(), cells.end(), [](const CellChoices& cell) { return cell.inked; });
  return static_cast<std::size_t>(first - cells.begin());
}

std::vector<CellChoices> begun(const std::vector<CellChoices>& cells) {
  return {cells.begin() + static_cast<std::ptrdiff_t>(indent_of(cells)), cells.end()};
}

// Whether words stand there: of a stroke that a scan lost, specks stay in single cells.
bool words_came_through(const BoxRead& box) {
  const std::vector<CellChoices> cells = begun(box.cells);
  const auto inked =
      std::count_if(cells.begin(), cells.end(), [](const CellChoices& cell) { return cell.inked; });
  return inked > 1 && 2 * static_cast<std::size_t>(inked) > cells.size();
}

// Nobody sends a form with neither name nor address on it: what was written did not come through, a pencil's
// on a copy.
bool writing_lost(const std::vector<BoxRead>& boxes) {
  constexpr std::array<std::string_view, 4> always{"NOM_USAGE", "RAISON_SOCIALE", "ADR_VOIE", "ADR_VILLE"};
  std::size_t asked = 0;
  for (const BoxRead& box : boxes) {
    if (std::find(always.begin(), always.end(), box.element->id) == always.end()) continue;
    if (words_came_through(box)) return false;
    ++asked;
  }
  return asked > 1;
}

letter::Reason writing_lost_note() {
  return {
      "field.writing_lost",
      "Ni nom ni adresse ne se voient sur ce formulaire : l’écriture a pu disparaître à la copie ou au scan.",
      "Neither name nor address can be seen on this form: the writing may have been lost in copying or "
      "scanning."};
}

// A copy so light that the form itself is gone may have lost the writing too.
void mark_unseen(std::vector<BoxRead>& boxes) {
  constexpr double too_many = 0.3;
  const auto unseen =
      std::count_if(boxes.begin(), boxes.end(), [](const BoxRead& box) { return !box.print_shows; });
  const bool lost = writing_lost(boxes);
  const bool everywhere = static_cast<double>(unseen) > too_many * static_cast<double>(boxes.size());
  for (BoxRead& box : boxes) {
    if (!box.cells.empty()) continue;
    box.settled.score = empty_score;
    if (lost) {
      box.settled.score = 0;
      box.settled.notes.push_back(writing_lost_note());
      continue;
    }
    if (box.print_shows && !everywhere) continue;
    box.settled.score = 0;
    box.settled.notes.push_back({"field.print_unseen",
                                 "Même l’imprimé ne se voit pas ici : ce qui était écrit a pu disparaître.",
                                 "Not even the print can be seen here: what was written may have vanished."});
  }
}

Settled indented(Settled settled, const std::vector<CellChoices>& cells) {
  settled.text.insert(0, indent_of(cells), ' ');
  return settled;
}

std::string without_indent(const std::string& text) {
  return text.substr(std::min(text.size(), text.find_first_not_of(' ')));
}

std::vector<std::string> names_on(std::vector<BoxRead>& boxes) {
  std::vector<std::string> names;
  for (const std::string_view id : {"NOM_USAGE", "NOM_NAISSANCE", "PRENOM"})
    if (const BoxRead* box = find_box(boxes, id)) names.push_back(box->settled.text);
  return names;
}

// Names are spelled as names are, whatever one letter looks like most.
void mind_spelling(BoxRead& box, const Spelling& spelling) {
  constexpr double enough = 0.5;
  constexpr int most = 2;
  for (int i = 0; i < most; ++i) {
    const Rival rival = best_rival(box.cells, box.settled.text, box.settled.vouched, spelling);
    if (rival.ahead < enough) return;
    const CellChoices& cell = box.cells[rival.cell];
    box.settled.score *= std::min(1.0, cell.of(rival.letter) / cell.of(box.settled.text[rival.cell]));
    box.settled.text[rival.cell] = rival.letter, box.settled.repaired = true;
  }
}

constexpr std::array<std::pair<std::string_view, Wording>, 5> worded{{
    {"ADR_VOIE", Wording::street},
    {"RAISON_SOCIALE", Wording::company},
    {"PRENOM", Wording::given_name},
    {"NOM_USAGE", Wording::family_name},
    {"NOM_NAISSANCE", Wording::family_name},
}};

void settle_once(std::vector<BoxRead>& boxes, const Boxes& known, const std::optional<letter::Day>& latest) {
  lend_birth(boxes);
  for (BoxRead& box : boxes)
    if (!box.cells.empty())
      box.settled = box.element->patterns.empty() ? settle(*box.element, box.cells, latest)
                                                  : settle_number(*box.element, box.cells);
  for (const auto& [id, wording] : worded)
    if (BoxRead* box = find_box(boxes, id)) box->settled = settle_words(box->cells, wording, known.lexicon());
  BoxRead *code = find_box(boxes, "ADR_CP"), *town = find_box(boxes, "ADR_VILLE");
  if (code || town) {
    PlaceCells place;
    if (code) place.code = code->element, place.code_cells = code->cells;
    if (town) place.town = town->element, place.town_cells = begun(town->cells);
    Place found = settle_place(place, known.towns());
    if (code) code->settled = std::move(found.code);
    if (town) town->settled = indented(std::move(found.town), town->cells);
  }
  for (const std::string_view id : {"NOM_USAGE", "NOM_NAISSANCE", "PRENOM", "ADR_VOIE", "RAISON_SOCIALE"})
    if (BoxRead* name = find_box(boxes, id)) mind_spelling(*name, known.spelling());
  if (BoxRead* email = find_box(boxes, "EMAIL"))
    email->settled = settle_email(email->settled, email->cells, names_on(boxes));
  if (BoxRead* signed_at = find_box(boxes, "FAIT_A"))
    signed_at->settled = indented(
        settle_town(begun(signed_at->cells), town ? without_indent(town->settled.text) : "", known.towns()),
        signed_at->cells);
}

}  // namespace

void settle_all(std::vector<BoxRead>& boxes, const Boxes& known, const std::optional<letter::Day>& latest) {
  constexpr int rounds = 2;
  constexpr double strokes_say = 0.1;
  mark_unseen(boxes);
  const Likeness likeness(boxes);
  doubt_twofold(boxes, likeness);
  settle_once(boxes, known, latest);
  for (int i = 0; i < rounds; ++i) {
    learn_hand(boxes, likeness);
    settle_once(boxes, known, latest);
  }
  // Keys, lists and kin may agree on what is wrong: what the strokes alone make of it counts a little.
  for (BoxRead& box : boxes)
    if (!box.cells.empty())
      box.settled.score *= std::pow(probability(box.strokes, box.settled.text), strokes_say);
  compare_birth(boxes);
}

}  // namespace ocr
