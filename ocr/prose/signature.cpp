#include "ocr/prose/signature.hpp"

#include <algorithm>

namespace ocr {
namespace {

constexpr double dpi = 100, px_mm = dpi / 25.4;
constexpr double readable = 0.5;  // a line read worse than this may be a signature
constexpr double foot = 0.97;     // of the page: below it lie edges and page numbers
constexpr double least_w_mm = 9, least_h_mm = 3.5, least_ink_mm2 = 3;

cv::Rect px_of(const letter::Box& box, cv::Size size, double grow_mm) {
  const cv::Rect2d rect(box.x * size.width - grow_mm * px_mm, box.y * size.height - grow_mm * px_mm,
                        box.w * size.width + 2 * grow_mm * px_mm, box.h * size.height + 2 * grow_mm * px_mm);
  return cv::Rect(rect) & cv::Rect({}, size);
}

// Rules of the paper and edges of the scan: straight for longer than any stroke of a pen.
void remove_rules(cv::Mat& ink) {
  for (const cv::Size kernel :
       {cv::Size(static_cast<int>(14 * px_mm), 1), cv::Size(1, static_cast<int>(14 * px_mm))}) {
    cv::Mat rules;
    cv::morphologyEx(ink, rules, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, kernel));
    cv::dilate(rules, rules, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    ink.setTo(0, rules);
  }
}

// The height that half of the lines reach.
double usual_height(const std::vector<FreeLine>& lines) {
  std::vector<double> heights;
  for (const FreeLine& line : lines) heights.push_back(line.place.h);
  if (heights.empty()) return 1;
  std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2),
                   heights.end());
  return heights[heights.size() / 2];
}

// A signature may be taken for a word: badly read, or of letters far larger than the others.
bool is_text(const FreeLine& line, double usual_h) {
  constexpr double tallest = 1.8;
  return line.line.confidence >= readable && line.place.h < tallest * usual_h;
}

struct Loose {
  cv::Rect box;
  double ink_mm2 = 0;
  bool as_a_signature() const {
    return box.width >= least_w_mm * px_mm && box.height >= least_h_mm * px_mm && ink_mm2 >= least_ink_mm2;
  }
};

// Ink that lies within two millimetres of each other is one piece.
Loose largest_piece(const cv::Mat& ink) {
  cv::Mat joined, labels, stats, centres;
  const int reach = static_cast<int>(2 * px_mm);
  cv::dilate(ink, joined, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
  const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres, 8, CV_32S);
  Loose best;
  for (int i = 1; i < count; ++i) {
    const cv::Rect around(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                          stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    const cv::Mat piece = (labels(around) == i) & ink(around);
    const Loose loose{cv::boundingRect(piece) + around.tl(), cv::countNonZero(piece) / (px_mm * px_mm)};
    if (std::pair(loose.as_a_signature(), loose.ink_mm2) > std::pair(best.as_a_signature(), best.ink_mm2))
      best = loose;
  }
  return best;
}

}  // namespace

double closing_foot(const std::vector<FreeLine>& page_lines, bool after_leave) {
  constexpr std::size_t prose = 35;      // bytes: longer than a name
  constexpr std::size_t enclosures = 2;  // as long as prose, on a sheet that holds no more of it
  double last_prose = 0, closing = -1;
  std::size_t long_lines = 0;
  for (const FreeLine& line : page_lines) {
    const double bottom = line.place.y + line.place.h;
    if (takes_leave(line)) closing = bottom;
    if (line.line.text.reveal().size() <= prose || line.line.confidence < readable) continue;
    last_prose = std::max(last_prose, bottom);
    ++long_lines;
  }
  if (closing >= 0) return closing;
  return after_leave && long_lines <= enclosures ? 0 : last_prose;
}

letter::Field signature_on(const UprightPage& page, const std::vector<FreeLine>& lines) {
  const page::Raster small = page::reduced(page.upright.raster, dpi);
  cv::Mat at_dpi;
  const double scale = small.dpi > 0 ? dpi / small.dpi : 1;
  cv::resize(small.grey, at_dpi, {}, scale, scale, cv::INTER_AREA);
  cv::Mat ink = page::ink({at_dpi, dpi, false});
  const cv::Size size = ink.size();
  remove_rules(ink);
  const int top =
      std::clamp(static_cast<int>(closing_foot(lines, page.after_leave) * size.height), 0, size.height);
  const int bottom = std::max(top, static_cast<int>(foot * size.height));
  ink.rowRange(0, top).setTo(0);
  ink.rowRange(bottom, size.height).setTo(0);
  const double usual_h = usual_height(lines);
  for (const FreeLine& line : lines)
    if (is_text(line, usual_h)) ink(px_of(line.place, size, 0.6)).setTo(0);
  const Loose found = largest_piece(ink);

  letter::Field field;
  field.id = "SIGNATURE";
  field.how = letter::How::tick;
  field.page = page.index;
  field.tick = found.as_a_signature() ? letter::TickState::ticked : letter::TickState::blank;
  // The further from the border between the two, the surer.
  const double strength = found.ink_mm2 / least_ink_mm2;
  field.confidence = found.as_a_signature() ? std::min(0.98, 0.6 + 0.05 * strength)
                                            : std::clamp(0.98 - 0.3 * strength, 0.5, 0.98);
  const cv::Rect where = found.as_a_signature() ? found.box : cv::Rect(0, top, size.width, bottom - top);
  const double up = page.upright.raster.grey.cols / static_cast<double>(std::max(1, size.width));
  field.box = page::box_on_master(page.upright.to_master,
                                  cv::Rect2d(where.x * up, where.y * up, where.width * up, where.height * up),
                                  page.master);
  return field;
}

std::optional<letter::Field> best_signature(const std::vector<letter::Field>& of_pages) {
  if (of_pages.empty()) return std::nullopt;
  for (auto field = of_pages.rbegin(); field != of_pages.rend(); ++field)
    if (field->tick == letter::TickState::ticked) return *field;
  return of_pages.back();
}

}  // namespace ocr
