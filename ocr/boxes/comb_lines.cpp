#include "ocr/boxes/comb_lines.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocr/boxes/cells.hpp"
#include "ocr/form/ticks.hpp"

namespace ocr {
namespace {

constexpr double search_mm = 0.34;      // how far a line may lie from its place
constexpr double thickest_mm = 0.6;     // half of what may still be a line
constexpr double least_half_mm = 0.13;  // half of a printer's line
constexpr double near_edge_mm = 0.8;    // of a cell's corner: where letters seldom go
constexpr double off_edge_mm = 0.3;     // of a cell's corner: where the other line is
constexpr double least_tone = 0.07;     // of the paper's: how much darker a line is on average, gaps counted
constexpr double faint_tone = 0.02;     // the same, where other lines show that there must be one
constexpr double plain_tone = 0.40;     // of the way to black: a line that needs no others beside it
constexpr double crease_tone = 0.22;    // of the paper's: how much darker the crease of a folded sheet is
constexpr double clear_tone = 0.93;     // of the paper's: no ink
constexpr int neighbours = 3;           // cells on either side that a stretch of line is looked for in
constexpr double soft_px = 2;           // a line's soft edge

int px(double mm) { return static_cast<int>(std::lround(mm * cells_px_mm)); }

struct PrintedLine {
  double at = 0, half = 0;  // rows
  double tone = 255;        // of its middle, on average
  bool there = false;
};

using Stretches = std::vector<std::pair<int, int>>;  // columns from, to (without)

// Lines run from left to right here; what is upright is turned before.
class LineEraser {
 public:
  LineEraser(cv::Mat& grey, double paper) : grey_(grey), paper_(paper) {}

  PrintedLine find(double at, const Stretches& where) const {
    const int from = std::max(1, static_cast<int>(at) - px(search_mm + thickest_mm)),
              to = std::min(grey_.rows - 2, static_cast<int>(at) + px(search_mm + thickest_mm));
    PrintedLine line{at, px(least_half_mm) * 1.0, paper_, false};
    if (to - from < 3) return line;
    const std::vector<double> tone = profile(from, to, where);
    if (tone.empty()) return line;
    int best = -1;
    double least = 1e9;
    for (int y = from + 1; y < to; ++y) {
      if (std::abs(y - at) > search_mm * cells_px_mm + 1) continue;
      const auto i = static_cast<std::size_t>(y - from);
      const double v = tone[i - 1] + 2 * tone[i] + tone[i + 1];
      if (v < least) least = v, best = y;
    }
    if (best < 0) return line;
    return measured(tone, from, best);
  }

  // Columns [from, to): each run of ink across the line that is no thicker than it.
  void erase(const PrintedLine& line, int from, int to) {
    const double most = 2 * line.half + 1.5;
    for (int x = std::max(0, from); x < std::min(grey_.cols, to); ++x) {
      const int near_from = std::max(0, static_cast<int>(std::floor(line.at - line.half))),
                near_to = std::min(grey_.rows - 1, static_cast<int>(std::ceil(line.at + line.half)));
      int dark = near_from;
      for (int y = near_from; y <= near_to; ++y)
        if (grey_.at<uchar>(y, x) < grey_.at<uchar>(dark, x)) dark = y;
      const double limit = (grey_.at<uchar>(dark, x) + paper_) / 2;
      if (grey_.at<uchar>(dark, x) > clear_tone * paper_) continue;
      int a = dark, b = dark;
      while (a > 0 && grey_.at<uchar>(a - 1, x) < limit) --a;
      while (b + 1 < grey_.rows && grey_.at<uchar>(b + 1, x) < limit) ++b;
      if (b - a + 1 <= most) wipe(x, a - static_cast<int>(soft_px), b + static_cast<int>(soft_px));
    }
  }

 private:
  std::vector<double> profile(int from, int to, const Stretches& where) const {
    std::vector<double> tone(static_cast<std::size_t>(to - from + 1), 0);
    int columns = 0;
    for (const auto& [left, right] : where)
      for (int x = std::max(0, left); x < std::min(grey_.cols, right); ++x, ++columns)
        for (int y = from; y <= to; ++y) tone[static_cast<std::size_t>(y - from)] += grey_.at<uchar>(y, x);
    if (columns == 0) return {};
    for (double& one : tone) one /= columns;
    return tone;
  }

  PrintedLine measured(const std::vector<double>& tone, int from, int best) const {
    const int last = static_cast<int>(tone.size()) - 1, i = best - from;
    const int left_end = std::max(0, i - px(thickest_mm)), right_end = std::min(last, i + px(thickest_mm));
    const double dark = tone[static_cast<std::size_t>(i)];
    const double middle = (dark + paper_) / 2;
    int a = i, b = i;
    while (a > left_end && tone[static_cast<std::size_t>(a - 1)] < middle) --a;
    while (b < right_end && tone[static_cast<std::size_t>(b + 1)] < middle) ++b;
    PrintedLine line;
    line.at = from + (a + b) / 2.0;
    line.half = std::max(least_half_mm * cells_px_mm, (b - a + 1) / 2.0);
    line.tone = dark;
    line.there = paper_ - dark > least_tone * paper_;
    return line;
  }

  void wipe(int x, int a, int b) {
    const int above = a - 1, below = b + 1;
    const double high = above >= 0 ? grey_.at<uchar>(above, x) : paper_,
                 low = below < grey_.rows ? grey_.at<uchar>(below, x) : paper_;
    for (int y = std::max(0, a); y <= std::min(grey_.rows - 1, b); ++y) {
      const double t = static_cast<double>(y - above) / (below - above);
      const double joined = high * (1 - t) + low * t;
      grey_.at<uchar>(y, x) = std::max(grey_.at<uchar>(y, x), cv::saturate_cast<uchar>(joined));
    }
  }

  cv::Mat& grey_;
  double paper_;
};

// Near the corners of cells [first, last], inside of them.
Stretches corners_of(const Lattice& cells, std::size_t first, std::size_t last) {
  Stretches where;
  for (std::size_t i = first; i <= last; ++i) {
    const int left = static_cast<int>(cells.left[i]), right = static_cast<int>(cells.left[i] + cells.width);
    where.emplace_back(left + px(off_edge_mm), left + px(near_edge_mm));
    where.emplace_back(right - px(near_edge_mm), right - px(off_edge_mm));
  }
  return where;
}

void remove_across(cv::Mat& grey, const Lattice& cells, double at, double paper) {
  LineEraser eraser(grey, paper);
  const std::size_t n = cells.left.size();
  const PrintedLine all = eraser.find(at, corners_of(cells, 0, n - 1));
  if (!all.there) return;
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t first = i < neighbours ? 0 : i - neighbours, last = std::min(n - 1, i + neighbours);
    PrintedLine here = eraser.find(all.at, corners_of(cells, first, last));
    if (!here.there) here = all;
    here.half = std::min(here.half, 1.5 * all.half);
    eraser.erase(here, static_cast<int>(cells.left[i]) - px(off_edge_mm),
                 static_cast<int>(cells.left[i] + cells.width) + px(off_edge_mm));
  }
}

double tone_of(const cv::Mat& grey, int y, const Stretches& where) {
  double sum = 0;
  int columns = 0;
  for (const auto& [left, right] : where)
    for (int x = std::max(0, left); x < std::min(grey.cols, right); ++x, ++columns)
      sum += grey.at<uchar>(y, x);
  return columns > 0 ? sum / columns : 255;
}

// A sheet folded as for an envelope may have a dark line all across: rows that are dark where nobody writes,
// in the cells' corners and on both sides of the comb.
std::vector<double> creases(const cv::Mat& grey, const Lattice& cells, double paper) {
  const auto corners = corners_of(cells, 0, cells.left.size() - 1);
  const int right = static_cast<int>(cells.left.back() + cells.width);
  const Stretches before{{0, static_cast<int>(cells.left[0]) - px(off_edge_mm)}},
      after{{right + px(off_edge_mm), grey.cols}};
  const double limit = (1 - crease_tone) * paper;
  std::vector<double> found;
  const int from = static_cast<int>(cells.top) + px(thickest_mm),
            to = static_cast<int>(cells.foot) - px(thickest_mm);
  for (int y = from; y < to; ++y) {
    if (std::max({tone_of(grey, y, corners), tone_of(grey, y, before), tone_of(grey, y, after)}) > limit)
      continue;
    if (found.empty() || y - found.back() > px(search_mm)) found.push_back(y);
  }
  return found;
}

void remove_upright(cv::Mat& turned, const Lattice& cells, double paper) {
  LineEraser eraser(turned, paper);
  const int top = static_cast<int>(cells.top), foot = static_cast<int>(cells.foot);
  // The upper and the lower end of an upright line: letters end before them, mostly.
  const Stretches ends{{top + px(off_edge_mm), top + px(1.3)}, {foot - px(1.1), foot - px(off_edge_mm)}};
  std::vector<double> edges;
  for (const double left : cells.left)
    for (const double edge : {left, left + cells.width})
      if (edges.empty() || edge - edges.back() > px(0.1)) edges.push_back(edge);
  std::vector<PrintedLine> lines;
  std::vector<double> halves;
  for (const double edge : edges) {
    lines.push_back(eraser.find(edge, ends));
    if (lines.back().there) halves.push_back(lines.back().half);
  }
  if (halves.empty()) return;
  const bool usually = halves.size() * 3 >= edges.size();  // else they may be strokes that happen to be there
  std::nth_element(halves.begin(), halves.begin() + static_cast<std::ptrdiff_t>(halves.size() / 2),
                   halves.end());
  const double usual = halves[halves.size() / 2];
  for (PrintedLine& line : lines) {
    if (line.tone > (1 - (usually ? faint_tone : plain_tone)) * paper) continue;
    line.half = std::min(line.half, 1.25 * usual);
    eraser.erase(line, top - px(off_edge_mm), foot + px(off_edge_mm));
  }
}

}  // namespace

double Lattice::nearest(double x) const {
  std::size_t best = 0;
  for (std::size_t i = 1; i < left.size(); ++i)
    if (std::abs(left[i] + width / 2 - x) < std::abs(left[best] + width / 2 - x)) best = i;
  return static_cast<double>(best);
}

void remove_comb_lines(cv::Mat& grey, const Lattice& cells) {
  if (cells.left.empty()) return;
  const double paper = paper_of(grey);
  for (const double at : {cells.top, cells.foot}) remove_across(grey, cells, at, paper);
  cv::Mat turned = grey.t();
  remove_upright(turned, cells, paper);
  grey = turned.t();
  for (const double at : creases(grey, cells, paper)) remove_across(grey, cells, at, paper);
  // Where two lines met neither was thin before.
  for (const double at : {cells.top, cells.foot}) remove_across(grey, cells, at, paper);
}

}  // namespace ocr
