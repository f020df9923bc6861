#include <algorithm>

#include "ocr/lines/rows_parts.hpp"

namespace ocr {
namespace {

constexpr double thickest_mm = 0.5;  // of a rule
constexpr double reach_mm = 40;      // so far a rule must be seen
constexpr double seen_share = 0.55;  // of it: strokes cross it, and faint places are missing

// In `line`, 255 within `reach` of every place of a row whose surroundings, `reach` to either side, are
// mostly `near`.
void follow(const unsigned char* near, unsigned char* line, int width, int reach) {
  const int window = 2 * reach + 1, least = static_cast<int>(seen_share * window);
  std::vector<int> before(static_cast<std::size_t>(width) + 1, 0);
  for (int x = 0; x < width; ++x)
    before[static_cast<std::size_t>(x) + 1] = before[static_cast<std::size_t>(x)] + (near[x] & 1);
  if (before.back() <= least) return;
  int marked_to = 0;
  for (int x = 0; x < width; ++x) {
    const int from = std::max(0, x - reach), to = std::min(width, x + reach + 1);
    const int seen = before[static_cast<std::size_t>(to)] - before[static_cast<std::size_t>(from)];
    if (seen * window <= least * (to - from)) continue;
    std::fill(line + std::max(from, marked_to), line + to, static_cast<unsigned char>(255));
    marked_to = to;
  }
}

// Rules run along rows here.
cv::Mat lines_along(const cv::Mat& ink, double px_a_mm) {
  const auto px = [&](double mm) { return std::max(1, static_cast<int>(mm * px_a_mm + 0.5)); };
  const int reach = std::min(px(reach_mm), ink.cols / 2) / 2;
  cv::Mat thin, near;
  cv::morphologyEx(ink, thin, cv::MORPH_OPEN,
                   cv::getStructuringElement(cv::MORPH_RECT, {1, px(thickest_mm) + 1}));
  cv::subtract(ink, thin, thin);
  // A rule may climb by a pixel or two on its way.
  cv::dilate(thin, near, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
  cv::Mat line = cv::Mat::zeros(ink.size(), CV_8U);
  for (int y = 0; y < ink.rows; ++y)
    follow(near.ptr<unsigned char>(y), line.ptr<unsigned char>(y), ink.cols, reach);
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

Marks marks_of(const cv::Mat& ink) {
  Marks out;
  cv::Mat stats, centres;
  const int count = cv::connectedComponentsWithStats(ink, out.label, stats, centres, 8, CV_32S);
  for (int i = 0; i < count; ++i)
    out.box.emplace_back(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                         stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
  return out;
}

}  // namespace ocr
