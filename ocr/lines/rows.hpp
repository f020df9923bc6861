// Writing cut into its lines, whether by hand or printed: each line alone, level, as one picture.
#pragma once

#include <vector>

#include "page/raster.hpp"

namespace ocr {

// Lengths and places in px of the raster that was cut.
struct Row {
  cv::Mat grey;  // the line alone and level: 8 bits, it fills the height; neighbours and rules are paper
  cv::Mat ink;   // the same, 255 = a stroke of this line, at about rows_dpi
  double ink_core = 0;              // px of `ink`: height of its small letters, about
  double core = 0;                  // the same, px of the raster
  cv::Rect box;                     // around its ink
  std::vector<cv::Point2f> middle;  // through its small letters, from its first stroke to its last
};

inline constexpr double rows_dpi = 150;  // what lines are looked for at

// A copy of `dpi`, or the raster itself when it has no more.
page::Raster no_finer_than(const page::Raster& raster, double dpi);

// `raster`: upright, straight to about 4 degrees, of 70 dpi or more. From top to bottom; pieces far apart at
// one height (sender and place) are rows of their own, left to right. Paper's own lines (rules, squares,
// margins) are no strokes. A row may be a smudge: what it says is for its reader to tell.
std::vector<Row> cut_rows(const page::Raster& raster);

}  // namespace ocr
