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

}  // namespace

cv::Mat cut(const page::Raster& master, const Registration& where, const cv::Rect2d& mm, double px_a_mm) {
  const cv::Size size(std::max(1, static_cast<int>(std::lround(mm.width * px_a_mm))),
                      std::max(1, static_cast<int>(std::lround(mm.height * px_a_mm))));
  // The map is smooth: known every few millimetres, straight in between.
  constexpr int step = 32;
  const cv::Size knots(size.width / step + 2, size.height / step + 2);
  std::vector<double> xs, ys;
  for (int i = 0; i < knots.width; ++i) xs.push_back(mm.x + (i * step + 0.5) / px_a_mm);
  for (int j = 0; j < knots.height; ++j) ys.push_back(mm.y + (j * step + 0.5) / px_a_mm);
  const std::vector<cv::Point2d> places = grid(where, xs, ys);
  cv::Mat knot_x(knots, CV_32F), knot_y(knots, CV_32F);
  for (int j = 0; j < knots.height; ++j)
    for (int i = 0; i < knots.width; ++i) {
      const cv::Point2d& p = places[static_cast<std::size_t>(j * knots.width + i)];
      knot_x.at<float>(j, i) = static_cast<float>(p.x), knot_y.at<float>(j, i) = static_cast<float>(p.y);
    }
  const auto spread_out = [&](const cv::Mat& knot) {
    cv::Mat full;
    // Knot i stands at pixel i * step of the piece.
    cv::warpAffine(knot, full, cv::Matx23d(1.0 / step, 0, 0, 0, 1.0 / step, 0), size,
                   cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    return full;
  };
  cv::Mat out;
  cv::remap(master.grey, out, spread_out(knot_x), spread_out(knot_y), cv::INTER_LINEAR, cv::BORDER_CONSTANT,
            cv::Scalar(255));
  return out;
}

}  // namespace ocr
