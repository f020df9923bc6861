#include "ocr/lined_box.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/boxes/cells.hpp"
#include "ocr/fields.hpp"
#include "ocr/form/ticks.hpp"
#include "ocr/lines/lines.hpp"

namespace ocr {
namespace {

constexpr double inset_mm = 0.6;  // inside of the frame
constexpr double rule_half_mm = 0.22, rule_search_mm = 0.45;

// What stands above and below the rule is joined, so that strokes that cross it survive. `at`: where it is,
// `half`: reach of the removal, px.
void remove_line(cv::Mat& grey, double at, double half) {
  const int above = static_cast<int>(std::floor(at - half)) - 1,
            below = static_cast<int>(std::ceil(at + half)) + 1;
  if (above < 0 || below >= grey.rows) return;
  for (int y = above + 1; y < below; ++y) {
    const double t = static_cast<double>(y - above) / (below - above);
    for (int x = 0; x < grey.cols; ++x) {
      const double joined = grey.at<uchar>(above, x) * (1 - t) + grey.at<uchar>(below, x) * t;
      grey.at<uchar>(y, x) = std::max(grey.at<uchar>(y, x), cv::saturate_cast<uchar>(joined));
    }
  }
}

// A rule may bend by a hair over 186 mm: it is followed in pieces.
void remove_rule(cv::Mat& grey, double y_px) {
  const int piece = static_cast<int>(15 * cells_px_mm),
            reach = static_cast<int>(rule_search_mm * cells_px_mm);
  const int band = reach + static_cast<int>(1.2 * cells_px_mm);
  for (int x = 0; x < grey.cols; x += piece) {
    const int top = std::max(0, static_cast<int>(y_px) - band),
              bottom = std::min(grey.rows, static_cast<int>(y_px) + band);
    if (bottom - top < 6) return;
    cv::Mat part = grey(cv::Rect(x, top, std::min(piece, grey.cols - x), bottom - top));
    cv::Mat profile;
    cv::reduce(part, profile, 1, cv::REDUCE_AVG, CV_32F);
    int best = static_cast<int>(y_px) - top;
    for (int y = std::max(1, best - reach);
         y <= std::min(part.rows - 2, static_cast<int>(y_px) - top + reach); ++y)
      if (profile.at<float>(y) < profile.at<float>(best)) best = y;
    remove_line(part, best, rule_half_mm * cells_px_mm);
  }
}

cv::Rect2d inside(const Element& element) {
  return {element.x + inset_mm, element.y + inset_mm, element.w - 2 * inset_mm, element.h - 2 * inset_mm};
}

// mm below the upper edge of the box's inside; nothing written: from = to.
struct Written {
  double from_mm = 0, to_mm = 0;
};

// At first sight: strips between two rules that show any ink, with the strips beside them, into which letters
// may reach.
Written written_part(const FormPage& page, const Element& element) {
  constexpr double px_a_mm = 4, off_rule_mm = 0.7, least_mm2 = 0.4;
  constexpr double faint = 0.88;  // of the paper: any pen is darker
  const cv::Rect2d area = inside(element);
  const cv::Mat rough = cut(page.master, page.where, area, px_a_mm);
  const cv::Mat ink = rough < faint * paper_of(rough);
  const double pitch = element.line_pitch > 0 ? element.line_pitch : area.height;
  Written out{area.height, 0};
  for (double top = -inset_mm; top < area.height; top += pitch) {
    const int from = std::max(0, static_cast<int>((top + off_rule_mm) * px_a_mm));
    const int to = std::min(ink.rows, static_cast<int>((top + pitch - off_rule_mm) * px_a_mm));
    if (to <= from || cv::countNonZero(ink.rowRange(from, to)) < least_mm2 * px_a_mm * px_a_mm) continue;
    out.from_mm = std::min(out.from_mm, std::max(0.0, top - pitch));
    out.to_mm = std::max(out.to_mm, std::min(area.height, top + 2 * pitch));
  }
  return out;
}

}  // namespace

cv::Mat on_white(const cv::Mat& grey) {
  const double paper = paper_of(grey), light = paper * 0.9;
  double dark = 0;
  cv::minMaxLoc(grey, &dark);
  dark = std::min(dark, paper * 0.6);
  cv::Mat out;
  grey.convertTo(out, CV_8U, 255 / (light - dark + 1), -dark * 255 / (light - dark + 1));
  return out;
}

BoxWriting writing_in(const FormPage& page, const Element& element) {
  const Written written = written_part(page, element);
  BoxWriting out;
  if (written.to_mm <= written.from_mm) return out;
  cv::Rect2d area = inside(element);
  const double above = written.from_mm;
  area.y += above, area.height = written.to_mm - above;
  out.top_mm = area.y;
  out.raster = {cut(page.master, page.where, area, cells_px_mm), 300, false};
  for (std::uint32_t i = 1; i <= element.lines; ++i)
    if (const double rule = i * element.line_pitch - inset_mm - above; rule > 0 && rule < area.height)
      remove_rule(out.raster.grey, rule * cells_px_mm);
  return out;
}

LinedBox read_lined_box(const FormPage& page, const Element& element, const Readers& readers) {
  const cv::Rect2d area = inside(element);
  auto [box, top_mm] = writing_in(page, element);
  LinedBox out;
  out.confidence = 0.97;
  if (box.grey.empty() || cv::countNonZero(ink_of(box.grey)) < 4 * cells_px_mm * cells_px_mm)
    return out;  // nothing is written
  box.grey = on_white(box.grey);
  double sum = 0, weight = 0, by_hand = 0;
  for (const LineRead& read : read_lines(box, readers)) {
    letter::Line line;
    line.text = letter::PersonalText(read.text);
    line.confidence = read.confidence;
    line.how = read.how;
    line.page = page.page;
    line.box =
        page.where.box(area.x + read.box.x / cells_px_mm, top_mm + read.box.y / cells_px_mm,
                       read.box.width / cells_px_mm, read.box.height / cells_px_mm, page.master.grey.size());
    out.text += (out.text.empty() ? "" : " ") + read.text;
    const auto length = static_cast<double>(read.text.size());
    sum += read.confidence * length, weight += length;
    if (read.how == letter::How::hand) by_hand += length;
    out.lines.push_back(line);
  }
  out.confidence = weight > 0 ? sum / weight : 0;
  out.hand = by_hand > weight / 2;
  return out;
}

}  // namespace ocr
