#include "page/resolution.hpp"

#include <algorithm>
#include <cmath>

namespace page {
namespace {

constexpr double a4_short_in = 8.27, a4_long_in = 11.69;

// No post of ours is larger than A3 with its margins, or narrower than a label.
bool believable(double dpi, double width_px, double height_px) {
  if (dpi < 50 || dpi > 1300) return false;
  const double narrow = std::min(width_px, height_px) / dpi, wide = std::max(width_px, height_px) / dpi;
  return narrow >= 1.5 && narrow <= 13.5 && wide <= 24;
}

double guess(double width_px, double height_px) {
  const double narrow = std::min(width_px, height_px), wide = std::max(width_px, height_px);
  if (std::abs(wide / narrow - a4_long_in / a4_short_in) < 0.03) {
    const double exact = narrow / a4_short_in;
    for (const double usual : {100.0, 150.0, 200.0, 240.0, 300.0, 400.0, 600.0})
      if (std::abs(exact / usual - 1) < 0.03) return usual;
    return exact;
  }
  // Another shape: the usual resolution that brings it nearest to A4.
  double best = 200;
  for (const double usual : {100.0, 150.0, 200.0, 300.0, 400.0, 600.0})
    if (std::abs(std::log(wide / usual / a4_long_in)) < std::abs(std::log(wide / best / a4_long_in)))
      best = usual;
  return best;
}

}  // namespace

Raster settle_resolution(const Flat& flat) {
  Raster out{flat.grey, 0, flat.bilevel};
  double x = flat.x_dpi, y = flat.y_dpi;
  if (x <= 0) x = y;
  if (y <= 0) y = x;
  const double finer = std::max(x, y);
  if (x >= 40 && y >= 40 && std::abs(x / y - 1) > 0.02 && finer / std::min(x, y) < 4) {
    const cv::Size size(static_cast<int>(std::lround(flat.grey.cols * finer / x)),
                        static_cast<int>(std::lround(flat.grey.rows * finer / y)));
    if (believable(finer, size.width, size.height)) {
      cv::resize(flat.grey, out.grey, size, 0, 0, cv::INTER_LINEAR);
      out.dpi = finer;
      out.bilevel = false;
      return out;
    }
  }
  out.dpi = believable(x, flat.grey.cols, flat.grey.rows) && std::abs(x / y - 1) <= 0.02
                ? x
                : guess(flat.grey.cols, flat.grey.rows);
  return out;
}

}  // namespace page
