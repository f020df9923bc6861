#include "page/quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "page/blank.hpp"
#include "page/skew.hpp"

namespace page {
namespace {

struct Words {
  Flaw flaw;
  std::string_view id, fr, en;
  bool alarm;
};
constexpr std::array<Words, 9> all_words{{
    {Flaw::unreadable, "unreadable", "Page illisible : numérisez-la de nouveau.",
     "Unreadable page: scan it again.", true},
    {Flaw::damaged, "damaged", "Image abîmée, il peut en manquer une partie : numérisez-la de nouveau.",
     "Damaged image, part of it may be missing: scan it again.", true},
    {Flaw::too_dark, "too_dark", "Page trop sombre : éclaircissez le réglage du scanner.",
     "Page too dark: lighten the scanner's setting.", true},
    {Flaw::too_light, "too_light", "Page trop claire : l'encre se voit à peine, assombrissez le réglage.",
     "Page too light: the ink hardly shows, darken the setting.", true},
    {Flaw::cut_corner, "cut_corner", "Coin coupé ou plié : dépliez la feuille et numérisez-la de nouveau.",
     "A corner is cut or folded: unfold the sheet and scan it again.", true},
    {Flaw::skewed, "skewed", "Page penchée de plus de 15 degrés : remettez-la droite.",
     "Page skewed by more than 15 degrees: feed it straight.", true},
    {Flaw::low_resolution, "low_resolution", "Moins de 200 points par pouce : montez la résolution.",
     "Less than 200 dots an inch: raise the resolution.", true},
    {Flaw::blank, "blank", "Page blanche : gardée et marquée.", "Blank page: kept and marked.", false},
    {Flaw::no_skew, "no_skew", "Pas assez de lignes pour dire si la page est droite.",
     "Too few lines to tell whether the page is straight.", false},
}};

const Words& words_of(Flaw flaw) {
  return *std::ranges::find_if(all_words, [&](const Words& words) { return words.flaw == flaw; });
}

constexpr double margin_mm = 8;
// Paper darker than this, or more of it black, and print drowns.
constexpr int dark_paper = 135;
constexpr double most_black = 0.45;
// With less of the sheet left, what was taken for the scanner's background is the page itself.
constexpr double least_sheet = 0.4;

// Grey levels of the sheet within its margins; the scanner's dark background, wherever it comes in from the
// image's edge, is not the sheet.
struct Tones {
  std::array<double, 256> below{};  // share of pixels darker than or equal to
  double sheet = 0;                 // share of the image that is sheet
  int at(double share) const {
    return static_cast<int>(std::ranges::lower_bound(below, share) - below.begin());
  }
};

cv::Rect within_margins(const Raster& raster) {
  const int margin = static_cast<int>(margin_mm * raster.dpi / 25.4);
  const cv::Size size = raster.grey.size();
  if (size.width <= 3 * margin || size.height <= 3 * margin) return {0, 0, size.width, size.height};
  return {margin, margin, size.width - 2 * margin, size.height - 2 * margin};
}

// 255 on the dark that hangs together with the image's edge.
cv::Mat background(const cv::Mat& grey) {
  constexpr uchar reached = 128;
  cv::Mat dark;
  cv::compare(grey, 90, dark, cv::CMP_LT);
  const auto fill = [&](int x, int y) {
    if (dark.at<uchar>(y, x) == 255) cv::floodFill(dark, {x, y}, reached);
  };
  for (int x = 0; x < dark.cols; ++x) fill(x, 0), fill(x, dark.rows - 1);
  for (int y = 0; y < dark.rows; ++y) fill(0, y), fill(dark.cols - 1, y);
  return dark == reached;
}

Tones tones_of(const Raster& raster) {
  const cv::Rect within = within_margins(raster);
  const cv::Mat inner = raster.grey(within), outside = background(raster.grey)(within);
  std::array<double, 256> count{};
  double all = 0;
  for (int y = 0; y < inner.rows; ++y)
    for (int x = 0; x < inner.cols; ++x)
      if (outside.at<uchar>(y, x) == 0) ++count[inner.at<uchar>(y, x)], ++all;
  Tones tones;
  tones.sheet = all / static_cast<double>(inner.total());
  double sum = 0;
  for (std::size_t level = 0; level < 256; ++level)
    tones.below[level] = (sum += count[level]) / std::max(all, 1.0);
  return tones;
}

bool too_dark(const Tones& small) {
  return small.sheet < least_sheet || small.at(0.7) < dark_paper || small.below[127] > most_black;
}

// Marks of a glyph's size that stand out from the paper by at least `contrast` levels.
int marks_that_stand_out(const Raster& small, double contrast) {
  cv::Mat mean, limit, black, labels, stats, centres;
  const int window = std::max(9, static_cast<int>(small.dpi / 3)) | 1;
  cv::boxFilter(small.grey, mean, CV_8U, cv::Size(window, window));
  mean.convertTo(limit, CV_8U, 1, -contrast);
  cv::compare(small.grey, limit, black, cv::CMP_LT);
  black = black(within_margins(small));
  const int count = cv::connectedComponentsWithStats(black, labels, stats, centres, 8, CV_32S);
  const double mm = small.dpi / 25.4;
  int marks = 0;
  for (int i = 1; i < count; ++i) {
    const double w = stats.at<int>(i, cv::CC_STAT_WIDTH) / mm, h = stats.at<int>(i, cv::CC_STAT_HEIGHT) / mm;
    if (std::max(w, h) >= 1.5 && h >= 1 && h <= 20 && w <= 60) ++marks;
  }
  return marks;
}

// There is writing, and it hardly differs from the paper. What shows through from the other side is
// fainter still and mostly smeared; a page with firm writing of its own is not asked.
bool too_light(const Raster& small, bool bilevel, int firm_marks) {
  constexpr double faint = 12;
  constexpr int least_faint = 60, most_firm = 12;
  if (bilevel || firm_marks > most_firm) return false;
  return marks_that_stand_out(small, faint) >= least_faint;
}

// How deep the scanner's dark background reaches from the image's upper edge, at every place along it, px.
std::vector<double> depths(const cv::Mat& dark) {
  std::vector<double> found(static_cast<std::size_t>(dark.cols), 0);
  for (int x = 0; x < dark.cols; ++x) {
    int y = 0;
    while (y < dark.rows && dark.at<uchar>(y, x) != 0) ++y;
    found[static_cast<std::size_t>(x)] = y;
  }
  return found;
}

// The sheet's edge as a line: depth = at + slope * place; 0 where it lies beyond the image.
struct Edge {
  double at = 0, slope = 0;
  double depth(double place) const { return std::max(0.0, at + slope * place); }
};

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// From the part before its middle: a corner's loss ends before, and a skewed sheet that lies beyond the image
// for one half of the edge lies within it for the other.
Edge edge_of(const std::vector<double>& depths) {
  const double length = static_cast<double>(depths.size());
  const auto part = [&](double from, double to) {
    return median({depths.begin() + static_cast<std::ptrdiff_t>(from * length),
                   depths.begin() + static_cast<std::ptrdiff_t>(to * length)});
  };
  const double near = part(0.33, 0.4), far = part(0.4, 0.47);
  const double slope = (far - near) / (0.07 * length);
  return {near - slope * 0.365 * length, slope};
}

// Whether the sheet's upper left corner is missing: beyond its edges' lines a dark triangle of 5 mm to a
// third of the page, neither side more than four times the other.
bool dark_triangle(const cv::Mat& dark, double mm) {
  const std::vector<double> from_top = depths(dark);
  const Edge top = edge_of(from_top), left = edge_of(depths(dark.t()));
  const double corner = left.depth(top.depth(0)) + mm;
  const auto excess = [&](int x) { return from_top[static_cast<std::size_t>(x)] - top.depth(x); };
  const int begin = static_cast<int>(corner), last = dark.cols / 3;
  if (begin >= last) return false;
  double area = 0, deepest = 0;
  int end = begin;
  for (; end < last && excess(end) > mm; ++end) {
    area += excess(end);
    deepest = std::max(deepest, excess(end));
  }
  const double along = end - begin;
  if (end == last || along < 5 * mm || deepest < 5 * mm || deepest > dark.rows / 3.0) return false;
  if (std::max(along, deepest) > 4 * std::min(along, deepest)) return false;
  return area > 0.75 * along * deepest / 2 && area < 1.3 * along * deepest / 2;
}

bool corner_cut(const Raster& small) {
  cv::Mat dark, seen;
  cv::compare(small.grey, 90, dark, cv::CMP_LT);
  for (const int corner : {0, 1, 2, 3}) {
    dark.copyTo(seen);
    if ((corner & 1) != 0) cv::flip(seen, seen, 1);
    if ((corner & 2) != 0) cv::flip(seen, seen, 0);
    if (dark_triangle(seen, small.dpi / 25.4)) return true;
  }
  return false;
}

// Beyond what page::skew looks for, the page is turned by a known angle first. A page out of its range can
// look straight to it, if with less confidence: so all four are heard unless the first is quite sure, and one
// that says "skewed" must be quite sure itself.
std::optional<double> skew_of(const Raster& raster) {
  constexpr double quite_sure = 0.975, step = 22, straight_deg = 0.3;
  const Skew plain = skew(raster);
  if (plain.confidence >= quite_sure) return plain.deg;
  const Raster small = reduced(raster, 150);
  Skew best = plain;
  if (const Skew aside = skew(turned(small, 90)); aside.confidence > best.confidence) best = aside;
  for (const double turn : {step, -step}) {
    const Skew rest = skew(straighten(small, 0, turn).raster);
    const double all = turn + rest.deg;
    const bool beyond = std::abs(all) > skew_range && std::abs(all) <= most_skew_seen;
    if (!beyond || rest.confidence < quite_sure || rest.confidence <= best.confidence) continue;
    const Skew again = skew(straighten(small, 0, all).raster);  // turned back it must look straight
    if (again.confidence >= quite_sure && std::abs(again.deg) < straight_deg) best = {all, rest.confidence};
  }
  if (best.confidence < skew_sure) return std::nullopt;
  return best.deg;
}

}  // namespace

std::string_view id(Flaw flaw) { return words_of(flaw).id; }

std::optional<Flaw> parse_flaw(std::string_view text) {
  for (const Words& words : all_words)
    if (words.id == text) return words.flaw;
  return std::nullopt;
}

letter::Reason reason(Flaw flaw) {
  const Words& words = words_of(flaw);
  return {"quality." + std::string(words.id), std::string(words.fr), std::string(words.en)};
}

bool is_alarm(Flaw flaw) { return words_of(flaw).alarm; }

Quality judge(const Raster& raster) {
  const Raster small = reduced(raster, 100);
  Quality quality;
  quality.dpi = raster.dpi;
  const int firm_marks = glyph_like_marks(raster);
  const bool dark = too_dark(tones_of(small));
  const bool light = !dark && too_light(small, raster.bilevel, firm_marks);
  quality.blank = firm_marks < blank_below && !dark && !light;
  if (!quality.blank && !dark) quality.skew_deg = skew_of(raster);
  const auto add = [&](Flaw flaw, bool is_so) {
    if (is_so) quality.flaws.push_back(flaw);
  };
  add(Flaw::too_dark, dark);
  add(Flaw::too_light, light);
  add(Flaw::cut_corner, corner_cut(small));
  add(Flaw::skewed, quality.skew_deg && std::abs(*quality.skew_deg) > skew_range);
  add(Flaw::low_resolution, raster.dpi < least_dpi);
  add(Flaw::blank, quality.blank);
  add(Flaw::no_skew, !quality.blank && !dark && !quality.skew_deg);
  return quality;
}

}  // namespace page
