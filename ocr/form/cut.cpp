#include <algorithm>
#include <cmath>

#include "ocr/form/align.hpp"
#include "ocr/form/align_parts.hpp"

namespace ocr {
namespace {

// exp(-d*d / 2s*s) of each place from `from`: how near a pull is, across or down.
std::vector<double> nearness(const std::vector<double>& places, double from) {
  std::vector<double> out;
  for (const double place : places)
    out.push_back(std::exp(-(place - from) * (place - from) / (2 * smooth_mm * smooth_mm)));
  return out;
}

// Registration::px of every (x, y), row by row: nearness parts into across and down, so that there are as
// many to work out as rows and columns, not as places.
std::vector<cv::Point2d> grid(const Registration& where, const std::vector<double>& xs,
                              const std::vector<double>& ys) {
  struct Pulled {
    cv::Point2d sum;
    double weights = smooth_trust;
  };
  std::vector<Pulled> pulled(xs.size() * ys.size());
  for (const Registration::Pull& pull : where.pulls) {
    const std::vector<double> across = nearness(xs, pull.at.x), down = nearness(ys, pull.at.y);
    auto* place = pulled.data();
    for (const double y : down)
      for (const double x : across) {
        const double w = pull.weight * x * y;
        place->sum += w * pull.by;
        place->weights += w;
        ++place;
      }
  }
  std::vector<cv::Point2d> out;
  for (std::size_t i = 0; i < pulled.size(); ++i) {
    const cv::Point2d mm(xs[i % xs.size()], ys[i / xs.size()]);
    const cv::Point2d on_sheet = at(where.affine, mm) / where.scan_px_a_mm;
    const cv::Point2d beyond =
        where.down.at(on_sheet.y) + where.across.at(on_sheet.x) + pulled[i].sum * (1 / pulled[i].weights);
    out.push_back(at(where.affine, mm + beyond));
  }
  return out;
}

// The map from piece to scan is smooth: known every few millimetres, straight in between.
constexpr int knot_px = 32;

// One row of the map, `part` (0..1) of the way from the knots at `upper` to those of the next row.
void fill_row(const cv::Point2d* upper, int knots, float part, cv::Mat map_x, cv::Mat map_y) {
  const cv::Point2d* lower = upper + knots;
  const auto between = [part](double a, double b) { return static_cast<float>(a + (b - a) * part); };
  for (int knot = 0; knot + 1 < knots; ++knot) {
    const float x = between(upper[knot].x, lower[knot].x), y = between(upper[knot].y, lower[knot].y);
    const float step_x = (between(upper[knot + 1].x, lower[knot + 1].x) - x) / knot_px;
    const float step_y = (between(upper[knot + 1].y, lower[knot + 1].y) - y) / knot_px;
    const int count = std::min(knot_px, map_x.cols - knot * knot_px);
    float* to_x = map_x.ptr<float>() + knot * knot_px;
    float* to_y = map_y.ptr<float>() + knot * knot_px;
    for (int i = 0; i < count; ++i) {
      to_x[i] = x + step_x * static_cast<float>(i);
      to_y[i] = y + step_y * static_cast<float>(i);
    }
  }
}

}  // namespace

cv::Mat cut(const page::Raster& master, const Registration& where, const cv::Rect2d& mm, double px_a_mm) {
  const cv::Size size(std::max(1, static_cast<int>(std::lround(mm.width * px_a_mm))),
                      std::max(1, static_cast<int>(std::lround(mm.height * px_a_mm))));
  const cv::Size knots(size.width / knot_px + 2, size.height / knot_px + 2);
  std::vector<double> xs, ys;
  for (int i = 0; i < knots.width; ++i) xs.push_back(mm.x + (i * knot_px + 0.5) / px_a_mm);
  for (int j = 0; j < knots.height; ++j) ys.push_back(mm.y + (j * knot_px + 0.5) / px_a_mm);
  const std::vector<cv::Point2d> places = grid(where, xs, ys);
  cv::Mat map_x(size, CV_32F), map_y(size, CV_32F);
  for (int y = 0; y < size.height; ++y)
    fill_row(places.data() + y / knot_px * knots.width, knots.width,
             static_cast<float>(y % knot_px) / knot_px, map_x.row(y), map_y.row(y));
  cv::Mat out;
  cv::remap(master.grey, out, map_x, map_y, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
  return out;
}

}  // namespace ocr
