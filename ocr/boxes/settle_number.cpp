#include <algorithm>
#include <cmath>

#include "ocr/boxes/settle.hpp"

namespace ocr {
namespace {

constexpr double in_pattern =
    0.95;  // of the numbers that people write where the house says how they are built
constexpr double characters = 36, figures = 10;

double figure_share(const CellChoices& cell) {
  double sum = 0;
  for (const Choice& choice : cell.letters)
    if (choice.letter >= '0' && choice.letter <= '9') sum += choice.p;
  return sum;
}

// How likely these cells are to hold some number of that pattern, all of them being equally frequent.
double likelihood(const std::vector<CellChoices>& cells, const std::string& pattern) {
  double p = 1;
  for (std::size_t i = 0; i < cells.size(); ++i)
    p *= pattern[i] == '#' ? figure_share(cells[i]) / figures : cells[i].of(pattern[i]);
  return p;
}

// The likeliest number of that pattern.
std::string filled(const std::vector<CellChoices>& cells, const std::string& pattern) {
  std::string text = pattern;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (pattern[i] != '#') continue;
    const auto best = std::find_if(cells[i].letters.begin(), cells[i].letters.end(),
                                   [](const Choice& c) { return c.letter >= '0' && c.letter <= '9'; });
    text[i] = best == cells[i].letters.end() ? '?' : best->letter;
  }
  return text;
}

letter::Reason unusual_note() {
  return {"field.pattern", "Le numéro lu n’est pas formé comme le sont ceux de la maison.",
          "The number read is not built as the house's numbers are."};
}

}  // namespace

bool fits_pattern(const Element& comb, std::string_view text) {
  return std::any_of(comb.patterns.begin(), comb.patterns.end(), [&](const std::string& pattern) {
    return std::equal(pattern.begin(), pattern.end(), text.begin(), text.end(),
                      [](char way, char c) { return way == '#' ? c >= '0' && c <= '9' : way == c; });
  });
}

Settled settle_number(const Element& comb, const std::vector<CellChoices>& cells) {
  Settled out;
  out.text = favourite(cells);
  const double own_p = probability(cells, out.text);
  const double free = (1 - in_pattern) * std::pow(characters, -static_cast<double>(cells.size()));
  double best = free * own_p, sum = free;
  for (const std::string& pattern : comb.patterns) {
    if (pattern.size() != cells.size()) continue;
    const double weight = in_pattern / static_cast<double>(comb.patterns.size()) * likelihood(cells, pattern);
    sum += weight;
    const std::string text = filled(cells, pattern);
    // Of all that the pattern allows, this one number's share.
    double share = weight;
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (pattern[i] == '#') share *= cells[i].of(text[i]) / std::max(figure_share(cells[i]), 1e-12);
    if (share > best && text.find('?') == std::string::npos) best = share, out.text = text;
  }
  out.score = best / std::max(sum, 1e-300) * looks(cells);
  out.repaired = out.text != favourite(cells);
  if (!fits_pattern(comb, out.text)) out.notes.push_back(unusual_note());
  return out;
}

}  // namespace ocr
