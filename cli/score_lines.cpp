#include <algorithm>

#include "cli/score.hpp"

namespace cli {
namespace {

enum class Step : std::uint8_t { both, drop, add };  // a letter of each; one read too many; one not read

// The cheapest way from `found` to `expected`, as it goes through the table of edits.
class Alignment {
 public:
  Alignment(const std::u32string& found, const std::u32string& expected)
      : width_(expected.size() + 1), steps_((found.size() + 1) * width_, Step::add) {
    std::vector<std::size_t> row(width_);
    for (std::size_t j = 0; j < width_; ++j) row[j] = j;
    for (std::size_t i = 1; i <= found.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      at(i, 0) = Step::drop;
      for (std::size_t j = 1; j < width_; ++j) {
        const std::size_t both = diagonal + (found[i - 1] == expected[j - 1] ? 0 : 1);
        const std::size_t drop = row[j] + 1, add = row[j - 1] + 1;
        diagonal = row[j];
        row[j] = std::min({both, drop, add});
        at(i, j) = both == row[j] ? Step::both : drop == row[j] ? Step::drop : Step::add;
      }
    }
  }
  Step& at(std::size_t i, std::size_t j) { return steps_[i * width_ + j]; }

 private:
  std::size_t width_;
  std::vector<Step> steps_;
};

// For each letter of `found`, the edits that fall to it.
std::vector<double> edits_by_letter(const std::u32string& found, const std::u32string& expected) {
  std::vector<double> edits(found.size(), 0);
  std::size_t at = 0;
  for (const auto& [written, read] : laid(expected, found)) {
    if (read != 0)
      edits[at++] += written != read;
    else if (!found.empty())
      ++edits[std::min(at, found.size() - 1)];
  }
  return edits;
}

}  // namespace

std::vector<std::pair<char32_t, char32_t>> laid(const std::u32string& expected, const std::u32string& found) {
  std::vector<std::pair<char32_t, char32_t>> pairs;
  Alignment way(found, expected);
  std::size_t i = found.size(), j = expected.size();
  while (i > 0 || j > 0) {
    const Step step = way.at(i, j);
    const char32_t read = step == Step::add ? 0 : found[--i];
    const char32_t written = step == Step::drop ? 0 : expected[--j];
    pairs.emplace_back(written, read);
  }
  std::reverse(pairs.begin(), pairs.end());
  return pairs;
}

std::vector<LineScore> score_lines(std::string_view expected, const std::vector<letter::Line>& lines) {
  constexpr std::size_t longest = 6000;  // of a table of edits with a cell a letter pair
  std::u32string found;
  std::vector<std::size_t> ends;
  std::vector<LineScore> scores;
  for (const letter::Line& line : lines) {
    const std::u32string text = plain(line.text.reveal());
    if (!line.own_words || text.empty()) continue;
    found += (found.empty() ? U"" : U" ") + text;
    ends.push_back(found.size());
    scores.push_back({&line, 0});
  }
  const std::u32string wanted = plain(expected);
  if (found.size() > longest || wanted.size() > longest) return {};
  const std::vector<double> edits = edits_by_letter(found, wanted);
  std::size_t from = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    double wrong = 0;
    for (std::size_t k = from; k < ends[i]; ++k) wrong += edits[k];
    scores[i].right = std::max(0.0, 1 - wrong / static_cast<double>(ends[i] - from));
    from = ends[i];
  }
  return scores;
}

}  // namespace cli
