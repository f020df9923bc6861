#include "ocr/boxes/one_hand.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "ocr/check/validate.hpp"

namespace ocr {
namespace {

constexpr std::size_t most_kin = 6;   // cells that a cell listens to
constexpr double least_alike = 0.15;  // likeness from which it does
constexpr double vouched = 0.9;       // weight of what a cell of a field says that something vouches for
constexpr double unvouched = 0.25;    // and of any other: it may be wrong in the same way
constexpr double vouched_from = 0.9;  // score of a field
constexpr double own_share = 0.05;
constexpr double letters_in_effect = 20;  // that a cell could have said

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

// Whether the letter of spot i stands among these spots, itself one, in its own shape and in another, each
// twice.
bool is_twofold(std::size_t i, const std::vector<std::size_t>& read_alike, const Likeness& likeness) {
  constexpr double surely = 0.7, hardly = 0.3;
  bool again = false;
  std::vector<std::size_t> others;
  for (const std::size_t j : read_alike) {
    if (j == i) continue;
    again |= likeness.unlike(i, j) < hardly;
    if (likeness.unlike(i, j) > surely) others.push_back(j);
  }
  return again && std::any_of(others.begin(), others.end(), [&](std::size_t j) {
           return std::any_of(others.begin(), others.end(),
                              [&](std::size_t k) { return k != j && likeness.unlike(j, k) < hardly; });
         });
}

void doubt_first(CellChoices& cell) {
  constexpr double left = 0.03;  // of what the strokes make of it
  cell.letters[0].p *= left;
  double sum = 0;
  for (const Choice& choice : cell.letters) sum += choice.p;
  for (Choice& choice : cell.letters) choice.p /= std::max(sum, 1e-300);
  std::stable_sort(cell.letters.begin(), cell.letters.end(),
                   [](const Choice& a, const Choice& b) { return a.p > b.p; });
}

}  // namespace

void doubt_twofold(std::vector<BoxRead>& boxes, const Likeness& likeness) {
  const std::vector<Spot>& spots = likeness.spots();
  std::map<char, std::vector<std::size_t>> read_alike;
  for (std::size_t i = 0; i < spots.size(); ++i)
    if (const auto& letters = boxes[spots[i].box].strokes[spots[i].cell].letters; !letters.empty())
      read_alike[letters[0].letter].push_back(i);
  for (const auto& [letter, alike] : read_alike)
    for (const std::size_t i : alike)
      if (BoxRead& box = boxes[spots[i].box]; is_twofold(i, alike, likeness)) {
        doubt_first(box.strokes[spots[i].cell]);
        box.cells[spots[i].cell] = box.strokes[spots[i].cell];
      }
}

void learn_hand(std::vector<BoxRead>& boxes, const Likeness& likeness) {
  const std::vector<Spot>& spots = likeness.spots();
  std::vector<Witness> witnesses;
  for (const Spot& spot : spots) {
    Witness witness{&boxes[spot.box], spot.cell, is_vouched(boxes[spot.box])};
    witness.vouched |= witness.is_word();
    witnesses.push_back(witness);
  }
  std::vector<std::vector<CellChoices>> anew;
  for (const BoxRead& box : boxes) anew.push_back(box.strokes);
  for (std::size_t i = 0; i < spots.size(); ++i) {
    std::vector<std::pair<double, Witness>> kin;
    for (std::size_t j = 0; j < spots.size(); ++j) {
      if (j == i) continue;
      const double alike = likeness.of(i, j);
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
