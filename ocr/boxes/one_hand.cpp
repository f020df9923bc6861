#include "ocr/boxes/one_hand.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include "ocr/check/validate.hpp"

namespace ocr {
namespace {

constexpr std::size_t most_kin = 6;   // cells that a cell listens to
constexpr double least_alike = 0.15;  // same_letter from which it does
constexpr double vouched = 0.9;       // weight of what a cell of a field says that something vouches for
constexpr double unvouched = 0.25;    // and of any other: it may be wrong in the same way
constexpr double vouched_from = 0.9;  // score of a field
constexpr double own_share = 0.05;
constexpr double letters_in_effect = 20;  // that a cell could have said

// A cell with ink, wherever it stands.
struct Spot {
  std::size_t box = 0, cell = 0;
};

bool is_vouched(const BoxRead& box) {
  if (box.settled.score < vouched_from || box.settled.text.size() != box.cells.size()) return false;
  const std::string& by = box.element->check;
  const bool keyed = by == "nir" || by == "siret" || by == "date";
  return has_note(box, "field.listed") || (keyed && check(by, box.settled.text).verdict == CheckVerdict::ok);
}

// What a cell says to those that look like it: log of its probability for a letter.
struct Witness {
  const BoxRead* box = nullptr;
  std::size_t cell = 0;
  bool vouched = false;
  double p(char letter) const {
    // O and 0, I and 1 are one shape in many hands: where one may not stand, the other speaks for it.
    if (!says(letter) && says(twin_of(letter))) letter = twin_of(letter);
    double p = 0;
    for (const Choice& choice : box->cells[cell].letters)
      if (choice.letter == letter) p = choice.p;
    if (!vouched) return p;
    const double score = std::max(box->settled.score, is_word() ? vouched_from : 0);
    return score * (box->settled.text[cell] == letter ? 1 : 0) + (1 - score) * p;
  }
  bool is_word() const { return cell < box->settled.vouched.size() && box->settled.vouched[cell] != ' '; }
  bool says(char letter) const {
    return std::any_of(box->cells[cell].letters.begin(), box->cells[cell].letters.end(),
                       [&](const Choice& choice) { return choice.letter == letter; });
  }
};

double product(const std::vector<float>& a, const std::vector<float>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// What kin say may all be wrong in one way: the strokes keep a share of their own.
void keep_strokes(CellChoices& cell, const CellChoices& strokes) {
  for (Choice& choice : cell.letters)
    for (const Choice& own : strokes.letters)
      if (own.letter == choice.letter) choice.p = (1 - own_share) * choice.p + own_share * own.p;
}

void weigh(CellChoices& cell, const std::vector<std::pair<double, Witness>>& kin) {
  const CellChoices strokes = cell;
  double sum = 0;
  for (Choice& choice : cell.letters) {
    double log_p = 0;
    for (const auto& [alike, witness] : kin)
      log_p += (witness.vouched ? vouched : unvouched) *
               std::log(alike * witness.p(choice.letter) + (1 - alike) / letters_in_effect);
    choice.p = std::max(choice.p, 1e-6) * std::exp(log_p);
    sum += choice.p;
  }
  for (Choice& choice : cell.letters) choice.p /= std::max(sum, 1e-300);
  keep_strokes(cell, strokes);
  std::stable_sort(cell.letters.begin(), cell.letters.end(),
                   [](const Choice& a, const Choice& b) { return a.p > b.p; });
}

}  // namespace

double same_letter(double product) {
  constexpr double middle = 0.86, width = 0.04;
  return 0.97 / (1 + std::exp(-(product - middle) / width));
}

void learn_hand(std::vector<BoxRead>& boxes) {
  std::vector<Spot> spots;
  std::vector<Witness> witnesses;
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    const bool sure = is_vouched(boxes[b]);
    for (std::size_t c = 0; c < boxes[b].looks.size(); ++c)
      if (!boxes[b].looks[c].empty()) {
        Witness witness{&boxes[b], c, sure};
        witness.vouched |= witness.is_word();
        spots.push_back({b, c}), witnesses.push_back(witness);
      }
  }
  std::vector<std::vector<CellChoices>> anew;
  for (const BoxRead& box : boxes) anew.push_back(box.strokes);
  for (std::size_t i = 0; i < spots.size(); ++i) {
    const auto& look = boxes[spots[i].box].looks[spots[i].cell];
    std::vector<std::pair<double, Witness>> kin;
    for (std::size_t j = 0; j < spots.size(); ++j) {
      if (j == i) continue;
      const double alike = same_letter(product(look, boxes[spots[j].box].looks[spots[j].cell]));
      if (alike >= least_alike) kin.emplace_back(alike, witnesses[j]);
    }
    const auto weight = [](const std::pair<double, Witness>& one) {
      return one.first * (one.second.vouched ? vouched : unvouched);
    };
    std::stable_sort(kin.begin(), kin.end(),
                     [&](const auto& a, const auto& b) { return weight(a) > weight(b); });
    if (kin.size() > most_kin) kin.resize(most_kin);
    weigh(anew[spots[i].box][spots[i].cell], kin);
  }
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    if (anew[b].empty()) continue;
    settle_kinds(anew[b]);
    boxes[b].cells = std::move(anew[b]);
  }
}

}  // namespace ocr
