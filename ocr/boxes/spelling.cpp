#include "ocr/boxes/spelling.hpp"

#include <algorithm>
#include <cmath>

namespace ocr {
namespace {

constexpr int kinds = 27;  // 26 letters, and what parts words
constexpr double of_three = 0.7, of_two = 0.25, of_one = 0.04, of_any = 0.01;
constexpr double says = 0.6;      // of the spelling against the strokes
constexpr double least_p = 1e-3;  // of a rival

int kind_of(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' : kinds - 1; }
int kind_at(std::string_view text, std::ptrdiff_t at) {
  const bool inside = at >= 0 && at < static_cast<std::ptrdiff_t>(text.size());
  return inside ? kind_of(text[static_cast<std::size_t>(at)]) : kinds - 1;
}
std::size_t place(int a, int b, int c) { return static_cast<std::size_t>((a * kinds + b) * kinds + c); }

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

Spelling::Spelling(const std::vector<std::string>& names) : costs_(kinds * kinds * kinds) {
  std::vector<double> three(costs_.size()), two(kinds * kinds), two_all(kinds * kinds), one(kinds),
      ones(kinds);
  double all = 0;
  for (const std::string& name : names)
    for (std::ptrdiff_t i = 0; i <= static_cast<std::ptrdiff_t>(name.size()); ++i) {
      const int a = kind_at(name, i - 2), b = kind_at(name, i - 1), c = kind_at(name, i);
      const auto pair = static_cast<std::size_t>(b * kinds + c),
                 before = static_cast<std::size_t>(a * kinds + b);
      three[place(a, b, c)] += 1, two_all[before] += 1, two[pair] += 1;
      one[static_cast<std::size_t>(c)] += 1, ones[static_cast<std::size_t>(b)] += 1, all += 1;
    }
  for (int a = 0; a < kinds; ++a)
    for (int b = 0; b < kinds; ++b)
      for (int c = 0; c < kinds; ++c) {
        const auto pair = static_cast<std::size_t>(b * kinds + c),
                   before = static_cast<std::size_t>(a * kinds + b);
        const double p = of_three * three[place(a, b, c)] / std::max(1.0, two_all[before]) +
                         of_two * two[pair] / std::max(1.0, ones[static_cast<std::size_t>(b)]) +
                         of_one * one[static_cast<std::size_t>(c)] / std::max(1.0, all) + of_any / kinds;
        costs_[place(a, b, c)] = static_cast<float>(-std::log(p));
      }
}

double Spelling::cost(int before, int last, int letter) const { return costs_[place(before, last, letter)]; }

double Spelling::cost(std::string_view text, std::size_t at, char letter) const {
  const auto i = static_cast<std::ptrdiff_t>(at);
  const int own = kind_of(letter), before = kind_at(text, i - 2), last = kind_at(text, i - 1);
  const int next = kind_at(text, i + 1), after = kind_at(text, i + 2);
  double sum = cost(before, last, own) + cost(last, own, next);
  if (next != kinds - 1) sum += cost(own, next, after);
  return sum;
}

Rival best_rival(const std::vector<CellChoices>& cells, const std::string& text, const std::string& vouched,
                 const Spelling& spelling) {
  Rival best;
  for (std::size_t i = 0; i < cells.size() && i < text.size(); ++i) {
    if (!cells[i].inked || (i < vouched.size() && vouched[i] != ' ')) continue;
    const double own = std::log(cells[i].of(text[i]));
    for (const Choice& choice : cells[i].letters) {
      if (choice.letter == text[i] || choice.p < least_p) continue;
      double ahead = std::log(choice.p) - own;
      if (is_capital(choice.letter) && is_capital(text[i]))
        ahead += says * (spelling.cost(text, i, text[i]) - spelling.cost(text, i, choice.letter));
      if (ahead > best.ahead) best = {i, choice.letter, ahead};
    }
  }
  return best;
}

}  // namespace ocr
