#include "ocr/form/feed.hpp"

#include <algorithm>
#include <cmath>

namespace ocr {
namespace {

constexpr double knot_mm = 4;
// What a curve that bends by one pays, against a sighting that is missed by one. A feed that is off by 0.3 mm
// every 60 mm must still be followed; what a sighting is off by chance must not.
constexpr double stiffness = 0.8;
constexpr std::size_t fewest = 12;

double part(const cv::Point2d& p, int axis) { return axis == 0 ? p.x : p.y; }

// One direction: least squares with the second differences of the knots held small.
std::vector<double> bent(const std::vector<Sighting>& sightings, int axis, const Curve& grid,
                         double tolerance) {
  const int n = static_cast<int>(grid.knots.size());
  cv::Mat knots = cv::Mat::zeros(n, 1, CV_64F);
  const auto cell = [&](double place) {
    const double at = std::clamp((place - grid.from) / grid.step, 0.0, n - 1.000001);
    return std::pair{static_cast<int>(at), at - std::floor(at)};
  };
  for (int round = 0; round < 4; ++round) {
    cv::Mat left = cv::Mat::eye(n, n, CV_64F) * 1e-3, right = cv::Mat::zeros(n, 1, CV_64F);
    for (int i = 1; i + 1 < n; ++i) {
      const double bend[] = {1, -2, 1};
      for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b) left.at<double>(i + a - 1, i + b - 1) += stiffness * bend[a] * bend[b];
    }
    for (const Sighting& s : sightings) {
      const auto [i, t] = cell(s.place);
      const double v = part(s.by, axis);
      const double off = v - (knots.at<double>(i) * (1 - t) + knots.at<double>(i + 1) * t);
      // The first round trusts all alike: nothing is known yet to be off from.
      const double w =
          part(s.weight, axis) / (round == 0 ? 1 : std::pow(1 + off * off / (tolerance * tolerance), 2));
      left.at<double>(i, i) += w * (1 - t) * (1 - t), left.at<double>(i + 1, i + 1) += w * t * t;
      left.at<double>(i, i + 1) += w * t * (1 - t), left.at<double>(i + 1, i) += w * t * (1 - t);
      right.at<double>(i) += w * (1 - t) * v, right.at<double>(i + 1) += w * t * v;
    }
    cv::solve(left, right, knots, cv::DECOMP_CHOLESKY);
  }
  return {knots.begin<double>(), knots.end<double>()};
}

}  // namespace

cv::Point2d Curve::at(double place) const {
  if (knots.empty()) return {};
  const double last = static_cast<double>(knots.size() - 1);
  const double at = std::clamp((place - from) / step, 0.0, last);
  const auto i = std::min(static_cast<std::size_t>(at), knots.size() - 1),
             j = std::min(i + 1, knots.size() - 1);
  const double t = at - static_cast<double>(i);
  return knots[i] * (1 - t) + knots[j] * t;
}

Curve through(const std::vector<Sighting>& sightings, double length, double tolerance) {
  Curve out;
  if (sightings.size() < fewest || !(length > knot_mm)) return out;
  out.step = knot_mm;
  out.knots.resize(static_cast<std::size_t>(length / knot_mm) + 2);
  const std::vector<double> x = bent(sightings, 0, out, tolerance), y = bent(sightings, 1, out, tolerance);
  for (std::size_t i = 0; i < out.knots.size(); ++i) out.knots[i] = {x[i], y[i]};
  return out;
}

}  // namespace ocr
