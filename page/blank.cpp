#include "page/blank.hpp"

#include <algorithm>

namespace page {
namespace {

constexpr double margin_mm = 6, least_mm = 1.0, most_high_mm = 20, most_wide_mm = 60;

bool punch_hole(double w_mm, double h_mm, double filled) {
  return w_mm > 4 && w_mm < 9 && h_mm > 4 && h_mm < 9 && filled > 0.6;
}

}  // namespace

int glyph_like_marks(const Raster& raster) {
  const Raster small = reduced(raster, 100);
  if (small.grey.cols < 32 || small.grey.rows < 32) return 0;
  // Firmer than page::ink: what shows through from the other side is no writing on this one.
  cv::Mat mean, limit, black, labels, stats, centres;
  const int window = std::max(9, static_cast<int>(small.dpi / 3)) | 1;
  cv::boxFilter(small.grey, mean, CV_8U, cv::Size(window, window));
  mean.convertTo(limit, CV_8U, 0.75, 0);
  cv::compare(small.grey, limit, black, cv::CMP_LT);
  const int count = cv::connectedComponentsWithStats(black, labels, stats, centres, 8, CV_32S);
  const double mm = small.dpi / 25.4;
  int marks = 0;
  for (int i = 1; i < count; ++i) {
    const double x = stats.at<int>(i, cv::CC_STAT_LEFT) / mm, y = stats.at<int>(i, cv::CC_STAT_TOP) / mm;
    const double w = stats.at<int>(i, cv::CC_STAT_WIDTH) / mm, h = stats.at<int>(i, cv::CC_STAT_HEIGHT) / mm;
    const double filled = stats.at<int>(i, cv::CC_STAT_AREA) / (mm * mm) / (w * h);
    const bool inside = x > margin_mm && y > margin_mm && x + w < black.cols / mm - margin_mm &&
                        y + h < black.rows / mm - margin_mm;
    if (inside && std::max(w, h) >= 1.5 && h >= least_mm && h <= most_high_mm && w <= most_wide_mm &&
        !punch_hole(w, h, filled))
      ++marks;
  }
  return marks;
}

}  // namespace page
