#include "ocr/lines/script.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ocr/lines/script_weights.hpp"

namespace ocr {
namespace {

constexpr double others_weight = 1.5;
constexpr double tells_all =
    30;  // a line so long says all that strokes can say; a date or a postcode says less

double clamped(double odds) { return std::clamp(odds, -4.0, 4.0); }

double log_odds(double p) {
  const double inside = std::clamp(p, 0.01, 0.99);
  return std::log(inside / (1 - inside));
}

// Marks of a row that can be letters: neither dots nor accents.
std::vector<cv::Rect> letters_of(const Row& row) {
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(row.ink, labels, stats, centres, 8, CV_32S);
  std::vector<cv::Rect> out;
  for (int i = 1; i < count; ++i) {
    const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                       stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    if (box.height >= 0.5 * row.ink_core) out.push_back(box);
  }
  return out;
}

// The largest share of `places` within `reach` of one place.
double agreeing(std::vector<double> places, double reach) {
  if (places.empty()) return 0;
  std::sort(places.begin(), places.end());
  std::size_t most = 0, first = 0;
  for (std::size_t last = 0; last < places.size(); ++last) {
    while (places[last] - places[first] > 2 * reach) ++first;
    most = std::max(most, last + 1 - first);
  }
  return static_cast<double>(most) / static_cast<double>(places.size());
}

// How suddenly a line's ink begins and ends, from row to row: the sharpest rise and fall of its profile.
double steepness(const Row& row) {
  cv::Mat sums;
  cv::reduce(row.ink / 255, sums, 1, cv::REDUCE_SUM, CV_32S);
  const int step = std::max(1, static_cast<int>(std::lround(0.15 * row.ink_core)));
  int most = 1, rise = 0, fall = 0;
  for (int y = 0; y < sums.rows; ++y) most = std::max(most, sums.at<int>(y));
  for (int y = step; y < sums.rows; ++y) {
    const int change = sums.at<int>(y) - sums.at<int>(y - step);
    rise = std::max(rise, change), fall = std::max(fall, -change);
  }
  return static_cast<double>(rise + fall) / (2.0 * most);
}

// Share of the ink that stands in exactly upright strokes, and in exactly level ones.
double in_strokes(const Row& row, cv::Size stroke) {
  cv::Mat kept;
  cv::morphologyEx(row.ink, kept, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, stroke));
  return static_cast<double>(cv::countNonZero(kept)) / std::max(1, cv::countNonZero(row.ink));
}

struct Widths {
  double mean = 0, spread = 0;  // of strokes along rows, in heights of small letters; spread over mean
};
Widths stroke_widths(const Row& row) {
  double sum = 0, squares = 0;
  int count = 0;
  for (int y = 0; y < row.ink.rows; ++y) {
    const auto* ink = row.ink.ptr<unsigned char>(y);
    for (int x = 0; x < row.ink.cols;) {
      int end = x;
      while (end < row.ink.cols && ink[end] != 0) ++end;
      if (end > x && end - x < 0.6 * row.ink_core) ++count, sum += end - x, squares += (end - x) * (end - x);
      x = end + 1;
    }
  }
  if (count == 0) return {};
  const double mean = sum / count;
  return {mean / row.ink_core, std::sqrt(std::max(0.0, squares / count - mean * mean)) / mean};
}

}  // namespace

ScriptSigns signs_of(const Row& row) {
  const std::vector<cv::Rect> letters = letters_of(row);
  std::vector<double> feet, tops, heights;
  double joined = 0, wide = 0;
  for (const cv::Rect& box : letters) {
    feet.push_back(box.br().y), tops.push_back(box.y), heights.push_back(box.height);
    wide += box.width;
    if (box.width > 2.2 * row.ink_core) joined += box.width;
  }
  const double reach = std::max(0.6, 0.08 * row.ink_core);
  const auto core = static_cast<int>(std::lround(0.8 * row.ink_core));
  const Widths widths = stroke_widths(row);
  const double many = static_cast<double>(letters.size());
  return {agreeing(feet, reach),
          agreeing(tops, reach),
          agreeing(heights, reach),
          steepness(row),
          wide > 0 ? joined / wide : 0,
          in_strokes(row, {1, std::max(3, core)}),
          in_strokes(row, {std::max(3, core / 2), 1}),
          widths.mean,
          widths.spread,
          std::min(2.0, many * row.ink_core / std::max(1, row.ink.cols))};
}

LineOdds odds_of(const Row& row) { return {hand_odds(signs_of(row)), row.ink.cols / row.ink_core}; }

std::vector<double> among_others(const std::vector<LineOdds>& own) {
  const auto weight = [](const LineOdds& line) { return std::min(1.0, line.length / tells_all); };
  double all = 0, weights = 0;
  for (const LineOdds& line : own) all += weight(line) * clamped(line.odds), weights += weight(line);
  std::vector<double> out;
  for (const LineOdds& line : own) {
    const double share = weight(line), rest = weights - share;
    const double others = rest > 1e-9 ? (all - share * clamped(line.odds)) / rest : 0;
    out.push_back(share * line.odds + others_weight * others);
  }
  return out;
}

bool prefers_hand(const Readings& readings) {
  return choice_weights[0] + choice_weights[1] * clamped(readings.odds) +
             choice_weights[2] * log_odds(readings.print) + choice_weights[3] * log_odds(readings.hand) >
         0;
}

double hand_odds(const ScriptSigns& signs) {
  double odds = script_base;
  for (std::size_t i = 0; i < script_signs; ++i) odds += script_weights[i] * signs[i];
  return odds;
}

}  // namespace ocr
