#include "page/skew.hpp"

#include <algorithm>
#include <cmath>

#include "page/edges.hpp"
#include "page/leptonica.hpp"

namespace page {
namespace {

constexpr double agreement_deg = 0.05;
constexpr double least_strength = 1.4;  // noise and pictures: no angle stands out
// A page that is clearly turned is better straightened by about the right angle than left as it is.
constexpr double tolerance = 0.05, most_doubt_deg = 0.25;

}  // namespace

Skew skew(const Raster& raster) {
  const LineUp lines = line_up(working_bits(raster));
  const double turned = std::abs(lines.deg);
  const double may_doubt = std::max(agreement_deg, std::min(most_doubt_deg, tolerance * turned));
  const bool sure =
      lines.doubt_deg <= may_doubt && lines.strength >= least_strength && turned <= skew_range + 0.3;
  if (sure) return {lines.deg, std::max(skew_sure, 0.99 - lines.doubt_deg)};
  return {lines.deg, std::clamp(0.8 - 2 * lines.doubt_deg, 0.0, 0.8)};
}

double lines_across(const Raster& raster) {
  const cv::Mat across = ink(reduced(raster, 100));
  cv::Mat down;
  cv::rotate(across, down, cv::ROTATE_90_COUNTERCLOCKWISE);
  const double here = line_strength(bits_of(across)), there = line_strength(bits_of(down));
  return here > 0 && there > 0 ? here / there : 1;
}

std::optional<int> upright_turn(const Raster& raster, double skew_deg) {
  Raster small = reduced(raster, 150);
  small = straighten(small, 0, skew_deg).raster;
  return ascender_turn(ink(small));
}

}  // namespace page
