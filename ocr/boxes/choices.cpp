#include "ocr/boxes/choices.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace ocr {
namespace {

constexpr double least = 1e-4;      // nothing is impossible
constexpr double kin_share = 0.9;   // of a lookalike's probability, where it may not stand
constexpr double twin_share = 0.5;  // where both may stand: 1 and I, 0 and O are one shape in many hands
constexpr double same_kind = 0.96;  // that a figure follows a figure, a letter a letter
constexpr double figure_first = 0.5;

// Each letter with what it is taken for.
constexpr std::array<std::pair<char, std::string_view>, 20> kin{{
    {'0', "ODQ"}, {'1', "IL"}, {'2', "Z"}, {'4', "A"}, {'5', "S"}, {'6', "GB"},  {'7', "T"},
    {'8', "B"},   {'9', "GQ"}, {'O', "0"}, {'D', "0"}, {'I', "1"}, {'L', "1"},   {'Z', "2"},
    {'S', "5"},   {'G', "6"},  {'B', "8"}, {'A', "4"}, {'-', "_"}, {'\'', "1I"},
}};

bool is_figure(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

void tidy(CellChoices& cell) {
  double sum = 0;
  for (const Choice& choice : cell.letters) sum += choice.p;
  for (Choice& choice : cell.letters) choice.p /= std::max(sum, 1e-12);
  std::stable_sort(cell.letters.begin(), cell.letters.end(),
                   [](const Choice& a, const Choice& b) { return a.p > b.p; });
}

// Share of figures and of letters among what a cell may say; neither: a mark or an empty cell.
std::pair<double, double> kinds_of(const CellChoices& cell) {
  double figures = 0, capitals = 0;
  for (const Choice& choice : cell.letters) {
    if (is_figure(choice.letter)) figures += choice.p;
    if (is_capital(choice.letter)) capitals += choice.p;
  }
  return {figures, capitals};
}

bool twin_class(char c) { return c == '0' || c == 'O'; }
bool is_twin(char c) { return std::string_view("01OI").find(c) != std::string_view::npos; }

// Numbers of files and contracts seldom have an O or an I where it meets a figure, and hardly a word ends
// with two of them: how much less likely such a cell is a letter.
std::vector<double> doubt_letters(const std::vector<CellChoices>& cells, std::size_t from, std::size_t to) {
  constexpr double by_a_figure = 0.1, doubled = 0.1;
  const auto twin = [&](std::size_t i) {
    const auto [figures, capitals] = kinds_of(cells[i]);
    return figures > 0 && capitals > 0 && is_twin(cells[i].letters[0].letter);
  };
  const auto figure = [&](std::size_t i) { return kinds_of(cells[i]).first > 0.9 && !twin(i); };
  std::vector<double> doubt(to - from, 1);
  for (std::size_t i = from, end = from; i < to; i = end) {
    end = i + 1;
    if (!twin(i)) continue;
    while (end < to && twin(end)) ++end;
    const bool meets = (i > from && figure(i - 1)) || (end < to && figure(end));
    const auto same = [&](std::size_t a, std::size_t b) {
      return twin_class(cells[a].letters[0].letter) == twin_class(cells[b].letters[0].letter);
    };
    for (std::size_t k = i; k < end; ++k) {
      const bool twice = (k > i && same(k, k - 1)) || (k + 1 < end && same(k, k + 1));
      doubt[k - from] = meets ? by_a_figure : twice && end == to ? doubled : 1;
    }
  }
  return doubt;
}

// Of a run of cells without a mark or a space between them: chance of figure in each, all cells considered.
void settle_run(std::vector<CellChoices>& cells, std::size_t from, std::size_t to) {
  const std::size_t n = to - from;
  std::vector<std::array<double, 2>> forth(n), back(n, {1, 1}), seen(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto [figures, capitals] = kinds_of(cells[from + i]);
    // A figure is one of ten, a letter one of 26: what the net says has that in it already, nearly.
    seen[i] = {figures + least, capitals + least};
  }
  const std::vector<double> doubt = doubt_letters(cells, from, to);
  // A number with a few letters is likelier to have a nought than an O where one meets the other.
  const auto own = seen;
  double figures_in_all = 1, capitals_in_all = 1;
  for (const auto& [figures, capitals] : seen) figures_in_all += figures, capitals_in_all += capitals;
  if (figures_in_all > capitals_in_all)
    for (auto& [figures, capitals] : seen) capitals *= capitals_in_all / figures_in_all;
  for (std::size_t i = 0; i < n; ++i) seen[i][1] *= doubt[i];
  const auto step = [](int a, int b) { return a == b ? same_kind : 1 - same_kind; };
  forth[0] = {figure_first * seen[0][0], (1 - figure_first) * seen[0][1]};
  for (std::size_t i = 1; i < n; ++i)
    for (int b = 0; b < 2; ++b)
      forth[i][b] = seen[i][b] * (forth[i - 1][0] * step(0, b) + forth[i - 1][1] * step(1, b));
  for (std::size_t i = n - 1; i-- > 0;)
    for (int a = 0; a < 2; ++a)
      back[i][a] =
          step(a, 0) * seen[i + 1][0] * back[i + 1][0] + step(a, 1) * seen[i + 1][1] * back[i + 1][1];
  for (std::size_t i = 0; i < n; ++i) {
    const double figure = forth[i][0] * back[i][0], capital = forth[i][1] * back[i][1];
    for (Choice& choice : cells[from + i].letters) {
      if (is_figure(choice.letter)) choice.p *= figure / (figure + capital) / own[i][0];
      if (is_capital(choice.letter)) choice.p *= capital / (figure + capital) / own[i][1];
    }
    tidy(cells[from + i]);
  }
}

}  // namespace

double CellChoices::of(char letter) const {
  const auto found =
      std::find_if(letters.begin(), letters.end(), [&](const Choice& c) { return c.letter == letter; });
  return std::max(least, found == letters.end() ? 0 : found->p);
}

CellChoices choices_of(const std::vector<float>& log_p, const std::string& known,
                       const std::string& allowed) {
  CellChoices out;
  out.inked = true;
  out.sense = 0;
  const auto p_of = [&](char c) {
    const std::size_t at = known.find(c);
    return at == std::string::npos || at >= log_p.size() ? 0.0 : std::exp(static_cast<double>(log_p[at]));
  };
  for (const char c : allowed) {
    if (c == ' ' || known.find(c) == std::string::npos) continue;
    double p = p_of(c);
    for (const auto& [letter, others] : kin)
      if (letter == c)
        for (const char other : others)
          if (allowed.find(other) == std::string::npos) p += kin_share * p_of(other);
    out.sense += p;
    for (const std::string_view twins : {"1I", "0O"})
      if (const std::size_t at = twins.find(c); at != std::string_view::npos)
        if (const char twin = twins[1 - at]; allowed.find(twin) != std::string::npos)
          p += twin_share * p_of(twin);
    out.letters.push_back({c, p});
  }
  out.sense = std::min(out.sense, 1.0);
  tidy(out);
  return out;
}

void weigh_choices(CellChoices& cell, const std::function<double(char)>& weight) {
  double sum = 0;
  for (const Choice& choice : cell.letters) sum += choice.p * weight(choice.letter);
  if (sum <= 0) return;
  for (Choice& choice : cell.letters) choice.p *= weight(choice.letter);
  tidy(cell);
}

void settle_kinds(std::vector<CellChoices>& cells) {
  bool figures = false, capitals = false;
  for (const CellChoices& cell : cells)
    for (const Choice& choice : cell.letters)
      figures |= is_figure(choice.letter), capitals |= is_capital(choice.letter);
  if (!figures || !capitals) return;
  const auto breaks = [](const CellChoices& cell) {
    const auto [figure, capital] = kinds_of(cell);
    return figure + capital < 0.5;
  };
  for (std::size_t from = 0; from < cells.size();) {
    std::size_t to = from;
    while (to < cells.size() && !breaks(cells[to])) ++to;
    if (to > from) settle_run(cells, from, to);
    from = to + 1;
  }
}

std::vector<Text> likeliest(const std::vector<CellChoices>& cells, std::size_t most) {
  std::vector<Text> texts{{"", 1, 0}};
  for (const CellChoices& cell : cells) {
    std::vector<Text> longer;
    for (const Text& text : texts)
      for (std::size_t k = 0; k < cell.letters.size(); ++k) {
        if (k > 0 && cell.letters[k].p < least) break;
        longer.push_back(
            {text.text + cell.letters[k].letter, text.p * cell.letters[k].p, text.changed + (k > 0 ? 1 : 0)});
      }
    // No later cell can turn the order of two beginnings: what is cut off here could not have come in.
    const auto by_p = [](const Text& a, const Text& b) { return a.p > b.p; };
    if (longer.size() > most) {
      std::nth_element(longer.begin(), longer.begin() + static_cast<std::ptrdiff_t>(most), longer.end(),
                       by_p);
      longer.resize(most);
    }
    texts = std::move(longer);
  }
  std::stable_sort(texts.begin(), texts.end(), [](const Text& a, const Text& b) {
    return a.p != b.p ? a.p > b.p : a.changed < b.changed;
  });
  return texts;
}

std::string favourite(const std::vector<CellChoices>& cells) {
  std::string text;
  for (const CellChoices& cell : cells) text.push_back(cell.letters.empty() ? '?' : cell.letters[0].letter);
  return text;
}

double probability(const std::vector<CellChoices>& cells, const std::string& text) {
  double p = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) p *= i < text.size() ? cells[i].of(text[i]) : 0;
  return p;
}

double probability_of_hand(const std::vector<CellChoices>& cells, const std::string& text) {
  constexpr double again = 0.35;  // of the surprise
  double log_p = 0;
  std::vector<std::pair<char, char>> seen;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i >= text.size()) return 0;
    const double p = cells[i].of(text[i]);
    const char own = cells[i].letters.empty() ? text[i] : cells[i].letters[0].letter;
    if (own == text[i] || !cells[i].inked) {
      log_p += std::log(p);
      continue;
    }
    const std::pair<char, char> change{own, text[i]};
    const bool known = std::find(seen.begin(), seen.end(), change) != seen.end();
    const double usual = std::log(cells[i].of(own));
    log_p += known ? usual + again * (std::log(p) - usual) : std::log(p);
    if (!known) seen.push_back(change);
  }
  return std::exp(log_p);
}

char twin_of(char letter) {
  constexpr std::string_view twins = "0O1I";
  const std::size_t at = twins.find(letter);
  return at == std::string_view::npos ? letter : twins[at ^ 1U];
}

}  // namespace ocr
