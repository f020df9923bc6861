// What is left between a flat, even sheet and the one that was scanned: a curve along the feed.
#pragma once

#include <vector>

#include "page/raster.hpp"

namespace ocr {

// A displacement by place along one line: straight between knots, level beyond the ends.
struct Curve {
  double from = 0, step = 1;
  std::vector<cv::Point2d> knots;
  cv::Point2d at(double place) const;
};

// Seen somewhere along the line; a direction that did not show has no weight.
struct Sighting {
  double place = 0;
  cv::Point2d by, weight;
};

// The stiffest curve that follows the sightings; those beyond `tolerance` lose their say. Empty when there
// are too few. Places run from 0 to `length`.
Curve through(const std::vector<Sighting>& sightings, double length, double tolerance);

}  // namespace ocr
