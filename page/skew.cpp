#include "page/skew.hpp"

#include <algorithm>
#include <cmath>

#include "page/edges.hpp"
#include "page/leptonica.hpp"

namespace page {
namespace {

constexpr double working_dpi = 150;
constexpr double agreement_deg = 0.05;
constexpr double near_deg = 0.25;  // apart by less: the same lines seen, Leptonica's angle is the sharper;
                                   // by more: it was lured by something, edge runs err by 0.2 at most

}  // namespace

Skew skew(const Raster& raster) {
  const Raster small = reduced(raster, working_dpi);
  const cv::Mat black = ink(small);
  const EdgePeak edges = strongest_edges(black);
  const std::optional<double> projection = projection_skew(black);
  if (edges.strength <= 0 || !projection) return {edges.deg, 0};
  const double apart = std::abs(edges.deg - *projection);
  if (apart <= agreement_deg) return {(edges.deg + *projection) / 2, 0.99 - apart};
  return {apart <= near_deg ? *projection : edges.deg, std::max(0.1, 0.8 - 2 * apart)};
}

bool lies_on_its_side(const Raster& raster) {
  const cv::Mat across = ink(reduced(raster, 100));
  cv::Mat down;
  cv::rotate(across, down, cv::ROTATE_90_COUNTERCLOCKWISE);
  return strongest_edges(down).strength > strongest_edges(across).strength;
}

std::optional<int> upright_turn(const Raster& raster, double skew_deg) {
  Raster small = reduced(raster, 150);
  small = straighten(small, 0, skew_deg).raster;
  return ascender_turn(ink(small));
}

}  // namespace page
