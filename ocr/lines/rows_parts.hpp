// How cut_rows goes about it. Everything is in px of the ink looked at (about rows_dpi).
#pragma once

#include <vector>

#include "page/raster.hpp"

namespace ocr {

// 255 where a line of the paper itself runs and no stroke crosses it. `ink`: 255 = ink.
cv::Mat paper_lines(const cv::Mat& ink, double px_a_mm);

// What hangs together on a page: each mark's number in `label` (CV_32S, 0 = none), its bounds in `box`.
struct Marks {
  cv::Mat label;
  std::vector<cv::Rect> box;  // [0] is no mark
};
Marks marks_of(const cv::Mat& ink);

// Where a line of writing runs: the middle of its small letters, a point every `step` columns from column
// `left` on.
struct Trace {
  int left = 0, step = 1;
  std::vector<float> y;
  std::vector<float> strength;  // strokes there, against others of the same picture
  double core = 0;              // height of the small letters
  double at(double x) const;    // beyond its ends it goes on level with them
  double right() const { return left + static_cast<double>(y.size() - 1) * step; }
};

// Height of the small letters at first sight, from the marks themselves.
double core_at_first_sight(const Marks& marks, double px_a_mm);
std::vector<Trace> traces(const cv::Mat& ink, const Marks& marks, double px_a_mm);

// Each stroke's line: 0 = none, i + 1 = traces[i] (CV_16S). Marks that touch several lines are parted.
cv::Mat share_out(const cv::Mat& ink, const Marks& marks, const std::vector<Trace>& lines);

}  // namespace ocr
