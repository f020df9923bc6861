#include "ocr/boxes/boxes.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "letter/result.hpp"
#include "ocr/boxes/one_hand.hpp"

namespace ocr {
namespace {

CellNet load_net(const std::filesystem::path& models_dir) {
  std::ifstream in(models_dir / "handwriting" / "cells.net", std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  auto net = CellNet::parse(bytes);
  if (!net) throw letter::BrokenWorld("cells.net: " + net.error().en);
  return std::move(*net);
}

BoxRead* find_box(std::vector<BoxRead>& boxes, std::string_view id) {
  const auto found =
      std::find_if(boxes.begin(), boxes.end(), [&](const BoxRead& box) { return box.element->id == id; });
  return found == boxes.end() || found->cells.empty() ? nullptr : &*found;
}

// A number of social security tells year and month of birth. People whose papers differ exist: a note, no
// more.
void compare_birth(std::vector<BoxRead>& boxes) {
  BoxRead *nir = find_box(boxes, "NIR"), *born = find_box(boxes, "DATE_NAISSANCE");
  if (!nir || !born || nir->settled.text.size() < 5 || born->settled.text.size() != 8) return;
  const std::string& digits = nir->settled.text;
  const std::string& day = born->settled.text;
  const std::string month = digits.substr(3, 2);
  if (month < "01" || month > "12") return;  // records that were never complete
  if (digits.substr(1, 2) == day.substr(6, 2) && month == day.substr(2, 2)) return;
  const letter::Reason reason{"field.nir_birth",
                              "Le numéro de sécurité sociale et la date de naissance ne concordent pas.",
                              "The social security number and the date of birth do not agree."};
  nir->settled.notes.push_back(reason);
  born->settled.notes.push_back(reason);
  born->settled.score *= 0.8;
}

}  // namespace

Boxes::Boxes(const std::filesystem::path& models_dir) : net_(load_net(models_dir)), towns_(models_dir) {}

BoxRead Boxes::read(const Element& element, const Comb& comb) const {
  std::vector<cv::Mat> pictures;
  for (std::size_t i = 0; i < comb.filled(); ++i)
    if (comb.cells[i].inked) pictures.push_back(cell_picture(comb, i));
  const auto answers = net_(pictures);
  BoxRead box;
  box.element = &element;
  std::size_t next = 0;
  for (std::size_t i = 0; i < comb.filled(); ++i) {
    if (!comb.cells[i].inked) {
      box.strokes.push_back({{{' ', 1.0}}, 1.0, false});
      box.looks.emplace_back();
      continue;
    }
    const CellSeen& seen = answers[next++];
    box.strokes.push_back(
        choices_of(seen.log_p, net_.letters(), cell_letters(element, static_cast<std::uint32_t>(i + 1))));
    box.looks.push_back(seen.look);
  }
  box.cells = box.strokes;
  box.print_shows = comb.print_shows;
  settle_kinds(box.cells);
  return box;
}

namespace {

// A copy so light that the form itself is gone may have lost the writing too.
void mark_unseen(std::vector<BoxRead>& boxes) {
  constexpr double too_many = 0.3;
  const auto unseen =
      std::count_if(boxes.begin(), boxes.end(), [](const BoxRead& box) { return !box.print_shows; });
  const bool everywhere = static_cast<double>(unseen) > too_many * static_cast<double>(boxes.size());
  for (BoxRead& box : boxes) {
    if (!box.cells.empty()) continue;
    box.settled.score = empty_score;
    if (box.print_shows && !everywhere) continue;
    box.settled.score = 0;
    box.settled.notes.push_back({"field.print_unseen",
                                 "Même l’imprimé ne se voit pas ici : ce qui était écrit a pu disparaître.",
                                 "Not even the print can be seen here: what was written may have vanished."});
  }
}

// Some begin a cell late: what lists know begins with its first letter.
std::size_t indent_of(const std::vector<CellChoices>& cells) {
  const auto first =
      std::find_if(cells.begin(), cells.end(), [](const CellChoices& cell) { return cell.inked; });
  return static_cast<std::size_t>(first - cells.begin());
}

std::vector<CellChoices> begun(const std::vector<CellChoices>& cells) {
  return {cells.begin() + static_cast<std::ptrdiff_t>(indent_of(cells)), cells.end()};
}

Settled indented(Settled settled, const std::vector<CellChoices>& cells) {
  settled.text.insert(0, indent_of(cells), ' ');
  return settled;
}

std::string without_indent(const std::string& text) {
  return text.substr(std::min(text.size(), text.find_first_not_of(' ')));
}

void settle_once(std::vector<BoxRead>& boxes, const Boxes& known, const std::optional<letter::Day>& latest) {
  for (BoxRead& box : boxes)
    if (!box.cells.empty()) box.settled = settle(*box.element, box.cells, latest);
  if (BoxRead* street = find_box(boxes, "ADR_VOIE"))
    street->settled = settle_words(street->cells, Wording::street);
  if (BoxRead* company = find_box(boxes, "RAISON_SOCIALE"))
    company->settled = settle_words(company->cells, Wording::company);
  BoxRead *code = find_box(boxes, "ADR_CP"), *town = find_box(boxes, "ADR_VILLE");
  if (code || town) {
    PlaceCells place;
    if (code) place.code = code->element, place.code_cells = code->cells;
    if (town) place.town = town->element, place.town_cells = begun(town->cells);
    Place found = settle_place(place, known.towns());
    if (code) code->settled = std::move(found.code);
    if (town) town->settled = indented(std::move(found.town), town->cells);
  }
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
  settle_once(boxes, known, latest);
  for (int i = 0; i < rounds; ++i) {
    learn_hand(boxes);
    settle_once(boxes, known, latest);
  }
  // Keys, lists and kin may agree on what is wrong: what the strokes alone make of it counts a little.
  for (BoxRead& box : boxes)
    if (!box.cells.empty())
      box.settled.score *= std::pow(probability(box.strokes, box.settled.text), strokes_say);
  compare_birth(boxes);
}

}  // namespace ocr
