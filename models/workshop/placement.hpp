// Where the print of a sheet lies on its scan: known exactly, because the scanner put it there.
#pragma once

#include <array>
#include <vector>

#include "models/workshop/canvas.hpp"

namespace workshop {

// A sheet is not pulled evenly: the scan is off by `by` * sin(2 pi (y / period + phase)) at y mm of the feed.
struct Wave {
  Point by;  // mm
  double period_mm = 100;
  double phase = 0;  // 0..1
};

// Millimetres of the print (from the top-left corner of the upright sheet) -> pixels of the scan; whole
// numbers are the middles of pixels.
struct Placement {
  std::array<double, 6> even{1, 0, 0, 0, 1, 0};  // a flat sheet, pulled evenly: x = e0 X + e1 Y + e2, ...
  std::vector<Wave> waves;                       // the feed runs down the scan
  double px_a_mm = 1;
  double rows = 1;  // rows of the scan for each that `even` counts: 0.5 of a 200 x 100 dpi fax

  Point px(const Point& mm) const;
  // How far row `y` (before `rows`) is off, px.
  Point pulled(double y) const;
};

}  // namespace workshop
