#include "ocr/form/tick_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ocr/form/portrait.hpp"
#include "ocr/form/ticks.hpp"

namespace ocr {
namespace {

constexpr double px_mm = TickView::px_mm, reach_mm = TickView::reach_mm;
constexpr double printed_from = 30;                     // of 255, in the form's portrait
constexpr double print_leeway_mm = 0.3;                 // that print may lie off, or be thicker
constexpr double frame_mm = 0.3;                        // width of a tick's frame
constexpr double shift_most_mm = 0.3;                   // that the frame may lie off the registration
constexpr double leeway_mm = 0.2, grown_most_mm = 0.8;  // between frame and inside; of a frame
constexpr double frame_part = 0.5;                      // of a side's length, where its print has not ended
constexpr double dust_mm = 0.85, gap_mm = 0.25;  // dust is no larger; a faint stroke has gaps twice as wide
constexpr int nothing_most_px = 8, dots_least_px = 20, dots_least = 4;
constexpr double two_tone_from = 0.33, grey_from_least = 0.14, grey_from_most = 0.5;

int px(double mm) { return static_cast<int>(std::lround(mm * px_mm)); }

// How far the frame's lines lie off their place along one side: where the page is darkest.
int frame_off(const cv::Mat& profile, int first, int second) {
  const int most = px(shift_most_mm);
  const auto dark = [&](int off) {
    double sum = 0;
    for (const int at : {first + off, second + off})
      for (int i = -1; i <= 0; ++i) sum += profile.at<float>(at + i);
    return sum;
  };
  int best = 0;
  for (int off = -most; off <= most; ++off)
    if (dark(off) > 1.05 * dark(best)) best = off;
  return best;
}

// The tone of the frame's print.
double black_of(const cv::Mat& grey, const cv::Rect& box, double paper) {
  std::vector<std::uint8_t> line;
  for (int x = box.x; x < box.x + box.width; ++x)
    for (const int y : {box.y, box.y + box.height - 1}) line.push_back(grey.at<std::uint8_t>(y, x));
  std::nth_element(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(line.size() / 2), line.end());
  return std::min<double>(line[line.size() / 2], 0.6 * paper);
}

// How far the frame's own ink reaches into the box, px from the middle of its line: copies of copies grow.
// Print is dark along all of a side; a stroke that crosses it is not. The two thicker sides tell it.
int frame_reach(const cv::Mat& ink, const cv::Rect& box) {
  const int least = px(TickView::inset_mm) - px(leeway_mm), most = px(grown_most_mm);
  std::array<int, 4> reach{};
  for (int side = 0; side < 4; ++side) {
    int in = 0;
    for (; in <= most; ++in) {
      const bool upright = side < 2;
      const int at = side == 0   ? box.x + in
                     : side == 1 ? box.br().x - in - 1
                     : side == 2 ? box.y + in
                                 : box.br().y - in - 1;
      const cv::Mat along = upright ? ink(cv::Rect(at, box.y + most, 1, box.height - 2 * most))
                                    : ink(cv::Rect(box.x + most, at, box.width - 2 * most, 1));
      if (cv::countNonZero(along) < frame_part * static_cast<double>(along.total())) break;
    }
    reach[static_cast<std::size_t>(side)] = in > most ? 0 : in;  // no end of it: a full box
  }
  std::sort(reach.begin(), reach.end());
  return std::clamp(reach[2], least, most);
}

// From which darkness on a pixel is ink: above the noise of the paper, so that pencil is seen.
double ink_from(const cv::Mat& grey, bool two_tones, double paper, double black) {
  if (two_tones) return two_tone_from;
  const int level = static_cast<int>(paper);
  std::int64_t sum = 0, count = 0;
  for (int y = 0; y < grey.rows; ++y) {
    const std::uint8_t* row = grey.ptr(y);
    for (int x = 0; x < grey.cols; ++x) {
      const int off = std::max(0, row[x] - level);  // lighter than paper is noise alone
      sum += off * off, count += off > 0;
    }
  }
  const double noise =
      count ? std::sqrt(static_cast<double>(sum) / static_cast<double>(count)) / (paper - black) : 0;
  return std::clamp(6 * noise, grey_from_least, grey_from_most);
}

// So small a piece of a page is flat: one affine map will do.
cv::Mat cut_flat(const page::Raster& master, const Registration& where, const cv::Rect2d& mm) {
  const cv::Size size(px(mm.width), px(mm.height));
  const cv::Point2d a = where.px(mm.x, mm.y), b = where.px(mm.x + mm.width, mm.y),
                    c = where.px(mm.x, mm.y + mm.height);
  const cv::Point2d right = (b - a) / size.width, down = (c - a) / size.height,
                    first = a + 0.5 * (right + down);
  cv::Mat out;
  cv::warpAffine(master.grey, out, cv::Matx23d(right.x, down.x, first.x, right.y, down.y, first.y), size,
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar(255));
  return out;
}

cv::Mat print_around(const Form& form, const cv::Rect2d& mm, cv::Size size) {
  if (!form.portrait || form.portrait->fine.empty()) return cv::Mat(size, CV_8U, cv::Scalar(0));
  const double k = fine_px_mm / px_mm;
  cv::Mat out;
  cv::warpAffine(
      form.portrait->fine, out,
      cv::Matx23d(k, 0, mm.x * fine_px_mm + 0.5 * k - 0.5, 0, k, mm.y * fine_px_mm + 0.5 * k - 0.5), size,
      cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar(0));
  return out > printed_from;
}

// Whether what was taken for dust lies thick inside, as several dots, and thin around.
bool loose_inside(const TickView& view, const cv::Mat& loose) {
  cv::Mat labels;
  if (cv::connectedComponents(loose(view.inside), labels) <= dots_least) return false;
  const int inside = cv::countNonZero(loose(view.inside)), around = cv::countNonZero(loose) - inside;
  const double known =
      static_cast<double>(loose.total()) - cv::countNonZero(view.printed) - view.inside.area();
  return inside >= dots_least_px && inside * known > 4.0 * around * view.inside.area();
}

}  // namespace

void drop_specks(cv::Mat& ink, int extent_px) {
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
  std::vector<std::uint8_t> keep(static_cast<std::size_t>(count), 0);
  for (int i = 1; i < count; ++i) {
    const int extent = std::max(stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    keep[static_cast<std::size_t>(i)] = extent >= extent_px ? 255 : 0;
  }
  for (int y = 0; y < ink.rows; ++y)
    for (int x = 0; x < ink.cols; ++x)
      ink.at<std::uint8_t>(y, x) = keep[static_cast<std::size_t>(labels.at<int>(y, x))];
}

TickView view_tick(const page::Raster& master, const Registration& where, const Form& form,
                   const Element& tick) {
  const cv::Rect2d area(tick.x - reach_mm, tick.y - reach_mm, tick.w + 2 * reach_mm, tick.h + 2 * reach_mm);
  const cv::Mat grey = cut_flat(master, where, area);
  const double paper = std::max(40.0, paper_of(grey));
  TickView view;
  view.box = {px(reach_mm), px(reach_mm), px(tick.w), px(tick.h)};
  const double black = black_of(grey, view.box, paper);
  cv::Mat dark, columns, rows;
  grey.convertTo(dark, CV_32F, -1 / (paper - black), paper / (paper - black));
  cv::reduce(dark.rowRange(view.box.y, view.box.br().y), columns, 0, cv::REDUCE_SUM);
  cv::reduce(dark.colRange(view.box.x, view.box.br().x), rows, 1, cv::REDUCE_SUM);
  view.box += cv::Point(frame_off(columns, view.box.x, view.box.br().x),
                        frame_off(rows.t(), view.box.y, view.box.br().y));
  const cv::Mat ink = dark > ink_from(grey, master.bilevel, paper, black);
  const int inset = frame_reach(ink, view.box) + px(leeway_mm);
  view.grown_mm = (inset - px(TickView::inset_mm)) / px_mm;
  view.inside = {view.box.x + inset, view.box.y + inset, view.box.width - 2 * inset,
                 view.box.height - 2 * inset};

  view.printed = print_around(form, area, grey.size());
  cv::rectangle(view.printed, view.box, cv::Scalar(255), px(frame_mm));
  const int wide = 2 * (px(print_leeway_mm) + inset - px(TickView::inset_mm)) + 1;
  cv::dilate(view.printed, view.printed, cv::getStructuringElement(cv::MORPH_RECT, {wide, wide}),
             cv::Point(-1, -1), 1, cv::BORDER_CONSTANT, cv::Scalar(0));
  view.printed(view.inside).setTo(0);
  view.added = ink & ~view.printed;
  if (cv::countNonZero(view.added) <= nothing_most_px) {
    view.added.setTo(0);
    return view;
  }
  // What a two-tone scan left of a pencil's stroke is dots in a row.
  cv::Mat strokes, within;
  cv::morphologyEx(ink, strokes, cv::MORPH_CLOSE,
                   cv::getStructuringElement(cv::MORPH_RECT, {2 * px(gap_mm) + 1, 2 * px(gap_mm) + 1}));
  within = strokes(view.inside).clone();
  drop_specks(within, px(dust_mm));  // by itself: the frame may be rough
  if (cv::countNonZero(within) == 0 && cv::countNonZero(view.added(view.inside)) < dots_least_px &&
      cv::countNonZero(view.added) < TickView::ring_px_least) {
    view.added.setTo(0);
    return view;
  }
  drop_specks(strokes, px(dust_mm));  // with the print that it crosses, which hides part of it
  within.copyTo(strokes(view.inside));
  view.dotted = loose_inside(view, view.added & ~strokes);
  view.added &= strokes;
  return view;
}

}  // namespace ocr
