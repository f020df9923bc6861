// What finding a form on a page and cutting it out share.
#pragma once

#include "page/raster.hpp"

namespace ocr {

// How far a place where print was found pulls at what lies around it (a deviation, mm), and what it pulls
// against.
inline constexpr double smooth_mm = 28, smooth_trust = 0.6;

inline cv::Point2d at(const cv::Matx23d& map, const cv::Point2d& p) {
  return {map(0, 0) * p.x + map(0, 1) * p.y + map(0, 2), map(1, 0) * p.x + map(1, 1) * p.y + map(1, 2)};
}

// How like the piece each place of the area is, -1..1 (CV_32F), shades and contrast apart; both 8 bits, the
// piece the smaller.
cv::Mat correlations(const cv::Mat& area, const cv::Mat& piece);

}  // namespace ocr
