// The pixels of one side of a sheet, as the scanner made them, and the few moves they know.
// The one header of page/ that shows OpenCV.
#pragma once

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "letter/reading.hpp"
#include "page/limits.hpp"

namespace page {

// 8-bit grey (0 = black), same resolution both ways. `bilevel`: the scanner gave two tones only.
struct Raster {
  cv::Mat grey;
  double dpi = 0;
  bool bilevel = false;
};

// Turned counter-clockwise by 0, 90, 180 or 270 degrees; no pixel is changed.
Raster turned(const Raster& raster, int turn_deg);

// A page made upright for reading or showing, with the way back to the untouched master page.
struct Straight {
  Raster raster;
  cv::Matx23d to_master;  // px of `raster` -> px of the master page
};
// Turns counter-clockwise by `turn_deg`, then undoes `skew_deg` (positive = turned clockwise). The
// canvas grows so that no corner is lost; new corners are white.
Straight straighten(const Raster& master, int turn_deg, double skew_deg);

// 255 where there is ink, else 0: darker than its surroundings (a sixth of an inch), so that light
// print survives and a grey background does not.
cv::Mat ink(const Raster& raster);

// A smaller copy of about `dpi`, by whole-number reduction; the page itself when it is coarse already.
Raster reduced(const Raster& raster, double dpi);

// The bounding box of `rect` (px of a mapped image) on a master page of `size` px, in 0..1, clamped.
letter::Box box_on_master(const cv::Matx23d& to_master, const cv::Rect2d& rect, cv::Size size);

}  // namespace page
