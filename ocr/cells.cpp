#include "ocr/cells.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/ticks.hpp"

namespace ocr {
namespace {

constexpr double border_mm = 1.0;  // of paper around the strip
constexpr double below_mm =
    0.6;  // tails that hang out of a cell are taken along; above it the label hangs in
constexpr double line_half_mm = 0.24;   // what is removed on each side of a printed line
constexpr double search_mm = 0.30;      // how far a line may lie from its place
constexpr double inner_mm = 0.35;       // a cell's own margin, which belongs to its neighbour's line
constexpr double least_ink_mm2 = 0.17;  // a full stop is 0.3, a speck of dust 0.1
constexpr double letter_gap_mm = 0.9, word_gap_mm = 3.0, quiet_mm = 1.2;

int px(double mm) { return static_cast<int>(std::lround(mm * cells_px_mm)); }

// Where the line really is: the darkest row or column within reach.
double darkest(const cv::Mat& grey, double at, bool vertical) {
  cv::Mat profile;
  cv::reduce(grey, profile, vertical ? 0 : 1, cv::REDUCE_AVG, CV_32F);
  const int size = static_cast<int>(profile.total());
  const int from = std::max(1, static_cast<int>(at) - px(search_mm)),
            to = std::min(size - 2, static_cast<int>(at) + px(search_mm));
  int best = static_cast<int>(std::lround(at));
  float least = 1e9F;
  const auto* tone = profile.ptr<float>(0);
  for (int i = from; i <= to; ++i) {
    const float v = tone[i - 1] + 2 * tone[i] + tone[i + 1];
    if (v < least) least = v, best = i;
  }
  return best;
}

}  // namespace

std::size_t Comb::filled() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (cells[i].inked) count = i + 1;
  return count;
}

void remove_line(cv::Mat& grey, double at, double half, bool vertical) {
  cv::Mat view = vertical ? grey : cv::Mat(grey.t());  // columns are what is joined
  const int a = static_cast<int>(std::floor(at - half)) - 1, b = static_cast<int>(std::ceil(at + half)) + 1;
  if (a >= 0 && b < view.cols) {
    for (int y = 0; y < view.rows; ++y) {
      uchar* row = view.ptr<uchar>(y);
      for (int x = a + 1; x < b; ++x) {
        const double t = static_cast<double>(x - a) / (b - a);
        const double joined = row[a] * (1 - t) + row[b] * t;
        row[x] = std::max(row[x], cv::saturate_cast<uchar>(joined));
      }
    }
  }
  if (!vertical) grey = view.t();
}

Comb cut_comb(const page::Raster& master, const Registration& where, const Element& comb) {
  Comb out;
  const cv::Rect2d area(comb.x - border_mm, comb.y - border_mm, comb.w + 2 * border_mm,
                        comb.h + 2 * border_mm);
  out.strip = cut(master, where, area, cells_px_mm);
  const double half = line_half_mm * cells_px_mm;
  for (const double y : {comb.y, comb.y + comb.h})
    remove_line(out.strip, darkest(out.strip, (y - area.y) * cells_px_mm, false), half, false);
  std::vector<double> edges;
  for (const double x : comb.cell_x)
    for (const double edge : {x, x + comb.cell_w})
      if (edges.empty() || edge - edges.back() > 0.1) edges.push_back(edge);
  for (const double edge : edges)
    remove_line(out.strip, darkest(out.strip, (edge - area.x) * cells_px_mm, true), half, true);

  out.strip = out.strip(cv::Rect(0, px(border_mm), out.strip.cols, px(comb.h + below_mm))).clone();
  const cv::Mat ink = ink_of(out.strip);
  for (const double x : comb.cell_x) {
    const cv::Rect inner = cv::Rect(px(x - area.x + inner_mm), 0, px(comb.cell_w - 2 * inner_mm), ink.rows) &
                           cv::Rect({}, ink.size());
    Cell cell;
    cv::Mat labels, stats, centres;
    const int count = cv::connectedComponentsWithStats(ink(inner), labels, stats, centres, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
      if (stats.at<int>(i, cv::CC_STAT_AREA) < least_ink_mm2 * cells_px_mm * cells_px_mm) continue;
      const cv::Rect part(inner.x + stats.at<int>(i, cv::CC_STAT_LEFT),
                          inner.y + stats.at<int>(i, cv::CC_STAT_TOP), stats.at<int>(i, cv::CC_STAT_WIDTH),
                          stats.at<int>(i, cv::CC_STAT_HEIGHT));
      // What is left of a line above or below lies flat at the strip's edge; a fold runs right through.
      const bool flat = part.height < px(0.45);
      const bool at_edge = part.y < px(0.5) || part.y + part.height > ink.rows - px(below_mm + 0.5);
      if (flat && (at_edge || part.width >= inner.width - 2)) continue;
      cell.ink = cell.inked ? (cell.ink | part) : part;
      cell.inked = true;
    }
    out.cells.push_back(cell);
  }
  return out;
}

cv::Mat on_white(const cv::Mat& grey) {
  const double paper = paper_of(grey), light = paper * 0.9;
  double dark = 0;
  cv::minMaxLoc(grey, &dark);
  dark = std::min(dark, paper * 0.6);
  cv::Mat out;
  grey.convertTo(out, CV_8U, 255 / (light - dark + 1), -dark * 255 / (light - dark + 1));
  return out;
}

ComposedLine compose(const Comb& comb) {
  ComposedLine out;
  int width = 2 * px(quiet_mm);
  for (const Cell& cell : comb.cells)
    if (cell.inked) width += cell.ink.width + px(word_gap_mm);
  const int height = comb.strip.rows + 2 * px(quiet_mm);
  const cv::Mat clean = on_white(comb.strip);
  out.grey = cv::Mat(height, width, CV_8U, cv::Scalar(255));
  int x = px(quiet_mm);
  bool gap = false;
  for (std::size_t i = 0; i < comb.cells.size(); ++i) {
    const Cell& cell = comb.cells[i];
    if (!cell.inked) {
      gap = !out.cell.empty();
      continue;
    }
    if (!out.cell.empty()) x += px(gap ? word_gap_mm : letter_gap_mm);
    gap = false;
    const cv::Rect column =
        cv::Rect(cell.ink.x - 1, 0, cell.ink.width + 2, comb.strip.rows) & cv::Rect({}, comb.strip.size());
    clean(column).copyTo(out.grey(cv::Rect(x, px(quiet_mm), column.width, column.height)));
    out.cell.push_back(i);
    out.middle.push_back(x + column.width / 2.0);
    x += column.width;
  }
  out.grey = out.grey(cv::Rect(0, 0, std::min(width, x + px(quiet_mm)), height)).clone();
  return out;
}

}  // namespace ocr
