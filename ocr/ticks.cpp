#include "ocr/ticks.hpp"

#include <algorithm>

namespace ocr {
namespace {

constexpr double px_mm = 8, ring_mm = 1.2, frame_mm = 0.45;
constexpr double blank_most = 0.025, tick_least = 0.055, solid_least = 0.93, spill_least = 0.35;

double share(const cv::Mat& ink) {
  return ink.empty() ? 0 : cv::countNonZero(ink) / static_cast<double>(ink.total());
}

// Dust and noise: components smaller than a pen can make.
void drop_specks(cv::Mat& ink, int least_px) {
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
  std::vector<uchar> keep(static_cast<std::size_t>(count), 0);
  for (int i = 1; i < count; ++i)
    keep[static_cast<std::size_t>(i)] = stats.at<int>(i, cv::CC_STAT_AREA) >= least_px ? 255 : 0;
  for (int y = 0; y < ink.rows; ++y)
    for (int x = 0; x < ink.cols; ++x)
      ink.at<uchar>(y, x) = keep[static_cast<std::size_t>(labels.at<int>(y, x))];
}

}  // namespace

double paper_of(const cv::Mat& grey) {
  std::vector<int> count(256, 0);
  for (int y = 0; y < grey.rows; ++y)
    for (int x = 0; x < grey.cols; ++x) ++count[grey.at<uchar>(y, x)];
  int paper = 255, lighter = 0;
  while (paper > 0) {
    lighter += count[static_cast<std::size_t>(paper)];
    if (lighter >= static_cast<int>(grey.total() / 4)) break;
    --paper;
  }
  return paper;
}

cv::Mat ink_of(const cv::Mat& grey) {
  cv::Mat ink;
  cv::threshold(grey, ink, std::max(20.0, paper_of(grey) * 0.72), 255, cv::THRESH_BINARY_INV);
  return ink;
}

TickSeen see_tick(const page::Raster& master, const Registration& where, const Element& tick) {
  const cv::Rect2d area(tick.x - ring_mm, tick.y - ring_mm, tick.w + 2 * ring_mm, tick.h + 2 * ring_mm);
  cv::Mat ink = ink_of(cut(master, where, area, px_mm));
  const auto px = [](double mm) { return static_cast<int>(mm * px_mm + 0.5); };
  cv::Mat inside = ink(cv::Rect(px(ring_mm + frame_mm), px(ring_mm + frame_mm), px(tick.w - 2 * frame_mm),
                                px(tick.h - 2 * frame_mm)))
                       .clone();
  drop_specks(inside, px(0.25) * px(0.25));
  cv::Mat ring = ink.clone();
  const double edge = ring_mm - 0.35;
  ring(cv::Rect(px(edge), px(edge), px(tick.w + 0.7), px(tick.h + 0.7))).setTo(0);
  drop_specks(ring, px(0.3) * px(0.3));
  const double ring_area = static_cast<double>(ink.total()) - px(tick.w + 0.7) * px(tick.h + 0.7);

  TickSeen seen;
  seen.inside = share(inside);
  seen.around = cv::countNonZero(ring) / ring_area;
  if (seen.inside <= blank_most) {
    seen.state = letter::TickState::blank;
    seen.confidence = seen.inside < blank_most / 3 ? 0.995 : 0.97;
  } else if (seen.inside < tick_least) {
    seen.state = letter::TickState::doubtful;
    seen.confidence = 0.5;
  } else if (seen.inside >= solid_least && seen.around >= spill_least) {
    seen.state = letter::TickState::corrected;
    seen.confidence = 0.8;
  } else {
    seen.state = letter::TickState::ticked;
    seen.confidence = seen.inside > 2 * tick_least ? 0.995 : 0.95;
  }
  return seen;
}

bool written_in(const page::Raster& master, const Registration& where, const cv::Rect2d& mm) {
  cv::Mat ink = ink_of(cut(master, where, mm, px_mm));
  drop_specks(ink, 40);  // 0.6 square mm: less than any stroke of a signature
  return cv::countNonZero(ink) > 3 * px_mm * px_mm;
}

}  // namespace ocr
