#include <algorithm>

#include "ocr/rows_parts.hpp"

namespace ocr {
namespace {

constexpr double thickest_mm = 0.5;  // of a rule
constexpr double reach_mm = 40;      // so far a rule must be seen
constexpr double seen_share = 0.7;   // of it: strokes cross it, and faint places are missing

// Rules run along rows here.
cv::Mat lines_along(const cv::Mat& ink, double px_a_mm) {
  const auto px = [&](double mm) { return std::max(1, static_cast<int>(mm * px_a_mm + 0.5)); };
  const int reach = std::min(px(reach_mm), ink.cols / 2) | 1;
  cv::Mat thick, thin, near, seen, line;
  cv::morphologyEx(ink, thick, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_RECT, {1, px(thickest_mm) + 1}));
  cv::subtract(ink, thick, thin);
  // A rule may climb by a pixel or two on its way.
  const cv::Mat climb = cv::getStructuringElement(cv::MORPH_RECT, {1, 3});
  cv::dilate(thin, near, climb);
  cv::boxFilter(near, seen, CV_8U, {reach, 1}, {-1, -1}, true, cv::BORDER_REPLICATE);
  cv::threshold(seen, line, 255 * seen_share, 255, cv::THRESH_BINARY);
  cv::dilate(line, line, cv::getStructuringElement(cv::MORPH_RECT, {reach, 1}));
  // Where a stroke crosses, the ink is thick and stays.
  cv::bitwise_and(line, thin, line);
  return line;
}

}  // namespace

cv::Mat paper_lines(const cv::Mat& ink, double px_a_mm) {
  cv::Mat along = lines_along(ink, px_a_mm), rest, down;
  cv::subtract(ink, along, rest);
  cv::transpose(rest, rest);
  cv::transpose(lines_along(rest, px_a_mm), down);
  cv::bitwise_or(along, down, along);
  return along;
}

}  // namespace ocr
