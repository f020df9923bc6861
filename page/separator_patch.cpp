#include "page/separator_patch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace page {
namespace {

constexpr double coarse_dpi = 70;       // a narrow bar is 5 to 6 px
constexpr double least_length_mm = 25;  // of a patch along its edge; ours are 120, Kodak asks for 50
constexpr double longest_gap_mm = 8;    // where a hand, a hole or a fold hides the bars
constexpr double off_by = 0.45;         // modules that each bar or space may be too wide or too narrow
constexpr double slope_most = 0.19;     // 10 degrees, and a pixel's worth of stairs
// A sheet printed to fit, a resolution that the file misstates a little.
constexpr double smallest_module_mm = 0.75 * patch_module_mm, largest_module_mm = 1.3 * patch_module_mm;

// 255 = ink: darker than its surroundings. They reach over an inch and more, or a wide bar would be its own
// surroundings and come out hollow.
cv::Mat bars_of(const Raster& coarse) {
  const int window = static_cast<int>(coarse.dpi * 1.2) | 1;
  cv::Mat mean, limit, out;
  cv::boxFilter(coarse.grey, mean, CV_8U, cv::Size(window, window), cv::Point(-1, -1), true,
                cv::BORDER_REPLICATE);
  mean.convertTo(limit, CV_8U, 0.85, -3);
  cv::compare(coarse.grey, limit, out, cv::CMP_LT);
  cv::medianBlur(out, out, 3);
  return out;
}

struct Hit {
  int along = 0;    // px along the edge
  double deep = 0;  // px from the edge to the middle of the patch
};

// Whether seven widths in a row are a patch T, and how many pixels it is deep.
std::optional<double> patch_depth(const int* widths, double px_a_mm) {
  double sum = 0;
  for (int i = 0; i < 7; ++i) sum += widths[i];
  const double module = sum / patch_t_modules;
  if (module < smallest_module_mm * px_a_mm || module > largest_module_mm * px_a_mm) return std::nullopt;
  for (int i = 0; i < 7; ++i)
    if (std::abs(widths[i] - patch_t[i] * module) > off_by * module) return std::nullopt;
  return sum;
}

// The patch on one line of pixels that runs from the edge to the middle of the sheet.
std::optional<double> patch_on(const uchar* line, int length, double px_a_mm) {
  std::array<int, 7> widths{};  // the last seven runs that ended
  int run = 0, ended = 0;
  for (int i = 0; i < length; ++i) {
    ++run;
    if (i + 1 < length && line[i] == line[i + 1]) continue;
    std::rotate(widths.begin(), widths.begin() + 1, widths.end());
    widths.back() = run;
    run = 0;
    ++ended;
    if (line[i] == 0 || ended < 7) continue;  // a patch ends with a bar
    if (const auto depth = patch_depth(widths.data(), px_a_mm)) return i + 1 - *depth / 2;
  }
  return std::nullopt;
}

// Hits in one line along the edge, long enough and well filled.
bool is_patch(const std::vector<Hit>& hits, double px_a_mm) {
  const int gap = static_cast<int>(longest_gap_mm * px_a_mm);
  for (std::size_t first = 0; first < hits.size();) {
    std::size_t last = first;
    while (last + 1 < hits.size()) {
      const int step = hits[last + 1].along - hits[last].along;
      if (step > gap || std::abs(hits[last + 1].deep - hits[last].deep) > slope_most * step + 1.5) break;
      ++last;
    }
    const int length = hits[last].along - hits[first].along + 1;
    const auto filled = static_cast<double>(last - first + 1);
    if (length >= least_length_mm * px_a_mm && filled >= 0.6 * length) return true;
    first = last + 1;
  }
  return false;
}

// `bars`: turned so that the edge in question is the left one.
bool patch_at_left(const cv::Mat& bars, double px_a_mm) {
  std::vector<Hit> hits;
  for (int y = 0; y < bars.rows; ++y)
    if (const auto deep = patch_on(bars.ptr(y), bars.cols / 2, px_a_mm)) hits.push_back({y, *deep});
  return is_patch(hits, px_a_mm);
}

}  // namespace

Raster halved(const Raster& raster, double least_dpi) {
  Raster out = raster;
  while (out.dpi >= 2 * least_dpi && std::min(out.grey.cols, out.grey.rows) > 64)
    out = reduced(out, out.dpi / 2);
  return out;
}

std::uint32_t patch_t_edges(const Raster& raster) {
  const Raster coarse = halved(raster, coarse_dpi);
  const double px_a_mm = coarse.dpi / 25.4;
  if (coarse.grey.empty() || px_a_mm < 1) return 0;
  Raster bars{bars_of(coarse), coarse.dpi, true};
  std::uint32_t edges = 0;
  for (const int turn : {0, 90, 180, 270}) edges += patch_at_left(turned(bars, turn).grey, px_a_mm) ? 1 : 0;
  return edges;
}

}  // namespace page
