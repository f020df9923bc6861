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
constexpr double most_black = 0.30;

// Grey levels of the page within its margins, where no scanner's background shows.
struct Tones {
  std::array<double, 256> below{};  // share of pixels darker than or equal to
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

Tones tones_of(const Raster& raster) {
  const cv::Mat inner = raster.grey(within_margins(raster));
  std::array<double, 256> count{};
  for (int y = 0; y < inner.rows; ++y)
    for (const uchar *p = inner.ptr<uchar>(y), *end = p + inner.cols; p != end; ++p) ++count[*p];
  Tones tones;
  double sum = 0;
  for (std::size_t level = 0; level < 256; ++level)
    tones.below[level] = (sum += count[level]) / static_cast<double>(inner.total());
  return tones;
}

bool too_dark(const Tones& small) { return small.at(0.7) < dark_paper || small.below[127] > most_black; }

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

// How far the dark runs from the corner along the image's edge, px. Gaps of a millimetre are bridged.
int dark_run(const cv::Mat& dark, bool down, int depth) {
  const int length = down ? dark.rows : dark.cols;
  const int gap = depth;
  int end = 0, misses = 0;
  for (int i = 0; i < length && misses <= gap; ++i) {
    const bool is_dark = (down ? dark.at<uchar>(i, depth) : dark.at<uchar>(depth, i)) != 0;
    misses = is_dark ? 0 : misses + 1;
    if (is_dark) end = i + 1;
  }
  return end;
}

// Whether the corner at 0,0 is a dark triangle: sides between 6 mm and a third of the page, not much
// longer than one another, dark inside and paper beyond its long side.
bool dark_triangle(const cv::Mat& dark, double mm) {
  const int a = dark_run(dark, false, static_cast<int>(mm)), b = dark_run(dark, true, static_cast<int>(mm));
  if (std::min(a, b) < 6 * mm || a > dark.cols / 3 || b > dark.rows / 3) return false;
  if (std::max(a, b) > 4 * std::min(a, b)) return false;
  double in = 0, in_dark = 0, out = 0, out_dark = 0;
  for (int y = 0; y < b; ++y)
    for (int x = 0; x < a; ++x) {
      const double place = static_cast<double>(x) / a + static_cast<double>(y) / b;  // 1 on the long side
      const bool is_dark = dark.at<uchar>(y, x) != 0;
      if (place < 0.85) ++in, in_dark += is_dark;
      if (place > 1.15) ++out, out_dark += is_dark;
    }
  return in_dark > 0.92 * in && out_dark < 0.25 * out;
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

// Beyond what page::skew looks for, the page is turned by a known angle first.
std::optional<double> skew_of(const Raster& raster) {
  const Skew plain = skew(raster);
  if (plain.confidence >= skew_sure) return plain.deg;
  const Raster small = reduced(raster, 150);
  const Skew aside = skew(turned(small, 90));
  if (aside.confidence >= skew_sure) return aside.deg;
  constexpr double step = 22;
  for (const double turn : {step, -step}) {
    const Skew rest = skew(straighten(small, 0, turn).raster);
    const double all = turn + rest.deg;
    if (rest.confidence >= skew_sure && std::abs(all) <= most_skew_seen) return all;
  }
  return std::nullopt;
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
  add(Flaw::no_skew, !quality.blank && !quality.skew_deg);
  return quality;
}

}  // namespace page
