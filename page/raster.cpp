#include "page/raster.hpp"

#include <algorithm>
#include <cmath>

namespace page {

Raster turned(const Raster& raster, int turn_deg) {
  Raster out{{}, raster.dpi, raster.bilevel};  // pixels of its own: OpenCV would turn shared ones in place
  switch (((turn_deg % 360) + 360) % 360) {
    case 90:
      cv::rotate(raster.grey, out.grey, cv::ROTATE_90_COUNTERCLOCKWISE);
      break;
    case 180:
      cv::rotate(raster.grey, out.grey, cv::ROTATE_180);
      break;
    case 270:
      cv::rotate(raster.grey, out.grey, cv::ROTATE_90_CLOCKWISE);
      break;
    default:
      out.grey = raster.grey;
      break;
  }
  return out;
}

namespace {

// Pixels of a page turned counter-clockwise -> pixels of the page. `size`: of the page.
cv::Matx33d unturn(int turn_deg, cv::Size size) {
  const double w = size.width - 1, h = size.height - 1;
  switch (((turn_deg % 360) + 360) % 360) {
    case 90:
      return {0, -1, w, 1, 0, 0, 0, 0, 1};
    case 180:
      return {-1, 0, w, 0, -1, h, 0, 0, 1};
    case 270:
      return {0, 1, 0, -1, 0, h, 0, 0, 1};
    default:
      return cv::Matx33d::eye();
  }
}

}  // namespace

Straight straighten(const Raster& master, int turn_deg, double skew_deg) {
  const cv::Matx33d back = unturn(turn_deg, master.grey.size());
  Straight out{turned(master, turn_deg), back.get_minor<2, 3>(0, 0)};
  if (std::abs(skew_deg) < 0.02) return out;
  const double rad = skew_deg * CV_PI / 180, c = std::cos(rad), s = std::sin(rad);
  const cv::Size from = out.raster.grey.size();
  const cv::Size to(static_cast<int>(std::ceil(from.width * c + from.height * std::abs(s))),
                    static_cast<int>(std::ceil(from.height * c + from.width * std::abs(s))));
  // A point of the straight page, turned clockwise again about the middle, is where the skewed page has it.
  const double fx = (from.width - 1) / 2.0, fy = (from.height - 1) / 2.0;
  const double tx = (to.width - 1) / 2.0, ty = (to.height - 1) / 2.0;
  const cv::Matx33d map(c, -s, fx - c * tx + s * ty, s, c, fy - s * tx - c * ty, 0, 0, 1);
  cv::Mat straight;
  cv::warpAffine(out.raster.grey, straight, map.get_minor<2, 3>(0, 0), to,
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar(255));
  out.raster.grey = straight;
  out.to_master = (back * map).get_minor<2, 3>(0, 0);
  return out;
}

cv::Mat ink(const Raster& raster) {
  cv::Mat out;
  if (raster.bilevel) {
    cv::threshold(raster.grey, out, 127, 255, cv::THRESH_BINARY_INV);
    return out;
  }
  const int window = std::max(9, static_cast<int>(raster.dpi / 6)) | 1;
  cv::Mat mean, limit;
  cv::boxFilter(raster.grey, mean, CV_8U, cv::Size(window, window), cv::Point(-1, -1), true,
                cv::BORDER_REPLICATE);
  mean.convertTo(limit, CV_8U, 7.0 / 8, -3);
  cv::compare(raster.grey, limit, out, cv::CMP_LT);
  return out;
}

Raster reduced(const Raster& raster, double dpi) {
  const int by = static_cast<int>(std::lround(raster.dpi / dpi));
  if (by <= 1 || raster.grey.cols < by * 16 || raster.grey.rows < by * 16) return raster;
  Raster out{{}, raster.dpi / by, false};
  // Whole cells only, so that every pixel of the copy stands for by x by pixels of the page.
  const cv::Size size(raster.grey.cols / by, raster.grey.rows / by);
  cv::resize(raster.grey(cv::Rect(0, 0, size.width * by, size.height * by)), out.grey, size, 0, 0,
             cv::INTER_AREA);
  return out;
}

letter::Box box_on_master(const cv::Matx23d& to_master, const cv::Rect2d& rect, cv::Size size) {
  double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
  for (const double px : {rect.x, rect.x + rect.width}) {
    for (const double py : {rect.y, rect.y + rect.height}) {
      const cv::Matx21d p = to_master * cv::Matx31d(px, py, 1);
      x0 = std::min(x0, p(0)), x1 = std::max(x1, p(0));
      y0 = std::min(y0, p(1)), y1 = std::max(y1, p(1));
    }
  }
  x0 = std::clamp(x0 / size.width, 0.0, 1.0), x1 = std::clamp(x1 / size.width, 0.0, 1.0);
  y0 = std::clamp(y0 / size.height, 0.0, 1.0), y1 = std::clamp(y1 / size.height, 0.0, 1.0);
  return {x0, y0, x1 - x0, y1 - y0};
}

}  // namespace page
