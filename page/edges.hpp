// Edge runs: how strongly the top and bottom edges of ink line up at each angle.
#pragma once

#include "page/raster.hpp"

namespace page {

struct EdgePeak {
  double deg = 0;       // positive = turned clockwise
  double strength = 0;  // score at the peak against the typical score; 1 = no peak at all
};

// `ink`: 255 = ink, of 100 to 200 dpi.
EdgePeak strongest_edges(const cv::Mat& ink);

}  // namespace page
