#include "page/edges.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "page/skew.hpp"

namespace page {
namespace {

constexpr double coarse_step = 0.25, fine_step = 0.02, fine_reach = 0.30;
constexpr int coarse_width = 16, fine_width = 16;  // px of a strip
constexpr int summit_reach = 4;

double tan_deg(double deg) { return std::tan(deg * CV_PI / 180); }

// Columns of ink gathered into strips, each a signed count of edges a row: + where ink begins, - where
// it ends. Each strip leans, about its own middle, with lines turned by so many degrees, so that edges
// stay sharp within it.
struct Strips {
  int rows = 0, pad = 0;      // each strip has `pad` zero rows above and below
  std::vector<float> centre;  // x of each strip's middle, from the page's middle
  std::vector<std::vector<std::int16_t>> edges;
};

// The paper's own edge differs from the text by up to a degree: the outermost edge run goes.
void drop_outermost(std::vector<std::int16_t>& edges) {
  const auto zero = [](std::int16_t v) { return v == 0; };
  auto first = std::find_if_not(edges.begin(), edges.end(), zero);
  while (first != edges.end() && *first != 0) *first++ = 0;
  auto last = std::find_if_not(edges.rbegin(), edges.rend(), zero);
  while (last != edges.rend() && *last != 0) *last++ = 0;
}

// `columns`: the ink, transposed, 1 = ink, so that a column lies in one piece. `width`: at most 255.
Strips gather(const cv::Mat& columns, int width, double lean_deg, double reach_deg) {
  Strips out;
  out.rows = columns.cols;
  const double lean = tan_deg(lean_deg), middle = columns.rows / 2.0;
  out.pad = static_cast<int>(middle * tan_deg(reach_deg + std::abs(lean_deg))) + width + 4;
  std::vector<std::uint8_t> count(static_cast<std::size_t>(out.rows + 2 * out.pad));
  for (int left = 0; left + width <= columns.rows; left += width) {
    std::fill(count.begin(), count.end(), std::uint8_t{0});
    for (int x = left; x < left + width; ++x) {
      const auto shift = std::lround(lean * (x - left - (width - 1) / 2.0));
      std::uint8_t* to = count.data() + out.pad - shift;
      const uchar* from = columns.ptr<uchar>(x);
      for (int y = 0; y < out.rows; ++y) to[y] = static_cast<std::uint8_t>(to[y] + from[y]);
    }
    std::vector<std::int16_t> edges(count.size());
    for (std::size_t y = 1; y < count.size(); ++y)
      edges[y] = static_cast<std::int16_t>(count[y] - count[y - 1]);
    drop_outermost(edges);
    out.centre.push_back(static_cast<float>(left + width / 2.0 - 0.5 - middle));
    out.edges.push_back(std::move(edges));
  }
  return out;
}

// How well the strips line up when lines are turned by an angle of that tangent.
double score(const Strips& strips, double tangent, std::vector<std::int16_t>& profile) {
  const int size = strips.rows + 2 * strips.pad;
  profile.assign(static_cast<std::size_t>(size), 0);
  for (std::size_t s = 0; s < strips.edges.size(); ++s) {
    // Whole rows, for every angle alike: anything sharper at some angles would draw the peak to them.
    const int shift = static_cast<int>(std::lround(tangent * strips.centre[s]));
    if (std::abs(shift) > strips.pad) continue;
    const std::int16_t* edges = strips.edges[s].data() + std::max(0, shift);
    std::int16_t* out = profile.data() + std::max(0, -shift);
    for (int y = 0; y < size - std::abs(shift); ++y) out[y] = static_cast<std::int16_t>(out[y] + edges[y]);
  }
  double sum = 0;
  for (int y = 1; y + 1 < size; ++y) {
    const float a = static_cast<float>(std::abs(profile[y - 1] + 2 * profile[y] + profile[y + 1]));
    sum += a * std::sqrt(a);  // with a square, one fold line outvotes 25 text lines
  }
  return sum;
}

struct Peak {
  double deg, score;
};

// The top of the parabola that fits the scores around the best one.
double summit(const std::vector<double>& scores, int best, int reach) {
  const int from = std::max(0, best - reach),
            to = std::min(static_cast<int>(scores.size()) - 1, best + reach);
  cv::Matx33d left = cv::Matx33d::zeros();
  cv::Vec3d right(0, 0, 0);
  for (int i = from; i <= to; ++i) {
    const double x = i - best, v = scores[i] / scores[best];
    const cv::Vec3d row(1, x, x * x);
    left += row * row.t();
    right += row * v;
  }
  const cv::Vec3d fit = left.solve(right, cv::DECOMP_SVD);
  if (fit[2] >= 0) return best;
  return best + std::clamp(-fit[1] / (2 * fit[2]), -1.0 * reach, 1.0 * reach);
}

Peak refine(const cv::Mat& columns, double around) {
  const Strips strips = gather(columns, fine_width, around, fine_reach + 0.1);
  std::vector<std::int16_t> profile;
  std::vector<double> scores;
  const int steps = static_cast<int>(std::lround(2 * fine_reach / fine_step));
  for (int i = 0; i <= steps; ++i)
    scores.push_back(score(strips, tan_deg(around - fine_reach + i * fine_step), profile));
  const auto best = static_cast<int>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  return {around - fine_reach + summit(scores, best, summit_reach) * fine_step, scores[best]};
}

}  // namespace

EdgePeak strongest_edges(const cv::Mat& ink) {
  if (ink.cols < 64 || ink.rows < 64) return {};
  cv::Mat columns;
  cv::transpose(ink, columns);
  columns &= 1;
  const Strips strips = gather(columns, coarse_width, 0, skew_range + 1);
  if (strips.edges.empty()) return {};
  std::vector<std::int16_t> profile;
  std::vector<Peak> coarse;
  for (double deg = -skew_range - 1; deg <= skew_range + 1; deg += coarse_step)
    coarse.push_back({deg, score(strips, tan_deg(deg), profile)});
  std::vector<double> all;
  for (const Peak& p : coarse) all.push_back(p.score);
  std::nth_element(all.begin(), all.begin() + all.size() / 2, all.end());
  const double typical = std::max(1.0, all[all.size() / 2]);

  std::vector<Peak> peaks;
  for (std::size_t i = 0; i < coarse.size(); ++i) {
    const bool left = i == 0 || coarse[i].score >= coarse[i - 1].score;
    const bool right = i + 1 == coarse.size() || coarse[i].score > coarse[i + 1].score;
    if (left && right) peaks.push_back(coarse[i]);
  }
  std::sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.score > b.score; });
  Peak best{0, 0};
  for (std::size_t i = 0; i < std::min<std::size_t>(3, peaks.size()); ++i) {
    const Peak fine = refine(columns, peaks[i].deg);
    if (fine.score > best.score) best = fine;
  }
  return {best.deg, best.score / typical};
}

}  // namespace page
