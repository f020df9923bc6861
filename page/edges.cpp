#include "page/edges.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>

namespace page {
namespace {

constexpr double range_deg = 16, coarse_step = 0.25, third_deg = 32.0 / 3;
constexpr double middle_step = 0.05, middle_reach = 0.6, fine_step = 0.02, fine_reach = 0.14;
constexpr double slope_deg = 0.15;
constexpr double as_good = 0.97;  // two such angles cannot be told apart
constexpr int most_peaks = 3;
constexpr double streak_share = 0.5;  // of a row that is ink
constexpr double worth_a_look = 0.5;  // of the best coarse score

// The inner loops, compiled for newer processors too; the one at hand is chosen when the program is loaded.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define VAGUEMESTRE_FAST __attribute__((target_clones("avx2", "default")))
#else
#define VAGUEMESTRE_FAST
#endif

double tan_deg(double deg) { return std::tan(deg * CV_PI / 180); }

// Columns of ink gathered into strips, each a signed count of edges a row: + where ink begins, - where
// it ends. A strip leans, about its own middle, like lines turned by so many degrees, so that edges stay
// sharp within it.
struct Strips {
  int rows = 0;
  double lean_deg = 0;
  std::vector<float> centre;  // px of each strip's middle from the page's middle
  cv::Mat edges;              // 16-bit signed, a strip a row
};

// A column's way through a strip, for all columns that go it: which row they lend, and which they are.
struct Step {
  int down;
  std::uint64_t columns;
};

std::vector<Step> steps(int width, double lean) {
  std::vector<Step> out;
  for (int x = 0; x < width; ++x) {
    const int down = static_cast<int>(std::lround(lean * (x - (width - 1) / 2.0)));
    if (out.empty() || out.back().down != down) out.push_back({down, 0});
    for (int at = x; at < 64; at += width) out.back().columns |= std::uint64_t{1} << at;
  }
  return out;
}

// Ink counted in each 16 or 32 bits of a word, there.
template <int width>
std::uint64_t counted(std::uint64_t v) {
  v -= v >> 1 & 0x5555555555555555;
  v = (v & 0x3333333333333333) + (v >> 2 & 0x3333333333333333);
  v = (v + (v >> 4)) & 0x0f0f0f0f0f0f0f0f;
  v = (v + (v >> 8)) & 0x00ff00ff00ff00ff;
  return width == 16 ? v : (v + (v >> 16)) & 0x0000003f0000003f;
}

// Ink in each strip and row, a strip a row of the answer (8-bit).
template <int width>
cv::Mat ink_in_strips(const Bits& bits, double lean_deg) {
  constexpr int strips_a_word = 64 / width;
  const std::vector<Step> way = steps(width, tan_deg(lean_deg));
  cv::Mat count(bits.height, bits.words * strips_a_word, CV_8U), columns;
  std::vector<std::uint64_t> line(static_cast<std::size_t>(bits.words));
  for (int y = 0; y < bits.height; ++y) {
    std::fill(line.begin(), line.end(), 0);
    for (const Step& step : way) {
      if (y + step.down < 0 || y + step.down >= bits.height) continue;
      const std::uint64_t* row = bits.row(y + step.down);
      for (int w = 0; w < bits.words; ++w) line[w] |= row[w] & step.columns;
    }
    uchar* to = count.ptr<uchar>(y);
    for (const std::uint64_t word : line) {
      const std::uint64_t ink = counted<width>(word);
      for (int i = 0; i < strips_a_word; ++i) *to++ = static_cast<uchar>(ink >> (i * width));
    }
  }
  cv::transpose(count, columns);
  return columns.rowRange(0, bits.width / width);
}

// One strip: ink and edges a row.
struct Column {
  const uchar* ink;
  std::int16_t* edges;
  int rows, width;
};

// The paper's own edge differs from the text by up to a degree: the outermost dark row goes, with all
// outside of it, unless writing stands before it. `step`: 1 from the top, -1 from the bottom.
void drop_outermost(const Column& c, int step) {
  const auto inside = [&](int y) { return y >= 0 && y < c.rows; };
  const int from = step > 0 ? 0 : c.rows - 1;
  int y = from, seen = 0;
  for (; inside(y) && c.ink[y] * 4 < c.width * 3; y += step) {
    seen += c.ink[y];
    if (seen > 48) return;  // more than specks
  }
  if (!inside(y)) return;
  while (inside(y) && c.ink[y] > 0) y += step;
  // An edge belongs to the row below it.
  const int last = std::clamp(step > 0 ? y : y + 1, 0, c.rows - 1);
  for (int at = from; at != last + step; at += step) c.edges[at] = 0;
}

// Dark bands that no pen or print makes (photocopied borders, the lid's shadow) lose their edges.
void drop_bands(const Column& c, int thick) {
  for (int y = 0; y < c.rows;) {
    int end = y;
    while (end < c.rows && c.ink[end] * 16 >= c.width * 15) ++end;
    if (end - y >= thick) {
      for (int at = y; at >= 0 && c.edges[at] > 0; --at) c.edges[at] = 0;
      std::fill(c.edges + y, c.edges + end, std::int16_t{0});
      for (int at = end; at < c.rows && c.edges[at] < 0; ++at) c.edges[at] = 0;
    }
    y = end + 1;
  }
}

// `thick`: rows of darkness that make a band.
template <int width>
Strips gather(const Bits& bits, double lean_deg, int thick) {
  const cv::Mat ink = ink_in_strips<width>(bits, lean_deg);
  Strips out{bits.height, lean_deg, {}, cv::Mat(ink.rows, ink.cols, CV_16S)};
  for (int s = 0; s < ink.rows; ++s) {
    const Column column{ink.ptr<uchar>(s), out.edges.ptr<std::int16_t>(s), ink.cols, width};
    column.edges[0] = column.ink[0];
    for (int y = 1; y < column.rows; ++y)
      column.edges[y] = static_cast<std::int16_t>(column.ink[y] - column.ink[y - 1]);
    drop_outermost(column, 1);
    drop_outermost(column, -1);
    drop_bands(column, thick);
    out.centre.push_back(static_cast<float>((s + 0.5) * width - bits.width / 2.0));
  }
  return out;
}

// Edges a row, of the page's left half and of its right.
struct Profile {
  std::vector<std::int16_t> left, right;
};

// All strips laid side by side, for lines turned by `deg`.
VAGUEMESTRE_FAST void lay(const Strips& strips, double deg, Profile& profile) {
  const double tangent = tan_deg(deg);
  const int pad = static_cast<int>(std::abs(tangent * strips.centre.front())) + 3;
  const auto size = static_cast<std::size_t>(strips.rows + 2 * pad);
  profile.left.assign(size, 0);
  profile.right.assign(size, 0);
  for (std::size_t s = 0; s < strips.centre.size(); ++s) {
    // Whole rows, for every angle alike: anything sharper at some angles would draw the peak to them.
    const int down = static_cast<int>(std::lround(tangent * strips.centre[s]));
    const std::int16_t* from = strips.edges.ptr<std::int16_t>(static_cast<int>(s));
    std::int16_t* to = (strips.centre[s] < 0 ? profile.left : profile.right).data() + pad - down;
    for (int y = 0; y < strips.rows; ++y) to[y] = static_cast<std::int16_t>(to[y] + from[y]);
  }
}

// How well lines up what is laid so, judged four ways. With a square, one fold line outvotes 25 text
// lines; with less, noise counts for more. The halves count beside the whole, because lines of two
// columns, or of a head and its address, often stand level by chance at an angle that is not theirs.
enum Way { many, tops, bottoms, lengthy, ways };
using Scores = std::array<double, ways>;

int smooth(const std::vector<std::int16_t>& rows, std::size_t y) {
  return rows[y - 1] + 2 * rows[y] + rows[y + 1];
}

float weight(int edge) {
  const float size = static_cast<float>(std::abs(edge));
  return size * std::sqrt(size);
}

VAGUEMESTRE_FAST Scores judged(const Profile& profile) {
  float sum = 0, signed_sum = 0, squares = 0;
  for (std::size_t y = 1; y + 1 < profile.left.size(); ++y) {
    const int left = smooth(profile.left, y), right = smooth(profile.right, y);
    const float here = weight(left + right) + weight(left) + weight(right);
    sum += here;
    signed_sum += left + right > 0 ? here : -here;
    const float whole = static_cast<float>(profile.left[y] + profile.right[y]);
    squares += whole * whole;
  }
  return {sum, (sum + signed_sum) / 2, (sum - signed_sum) / 2, squares};
}

// As `many` does; to find where to look.
VAGUEMESTRE_FAST double score(const Profile& profile, bool halves_too) {
  float sum = 0;
  for (std::size_t y = 1; y + 1 < profile.left.size(); ++y) {
    const int left = smooth(profile.left, y), right = smooth(profile.right, y);
    sum += weight(left + right);
    if (halves_too) sum += weight(left) + weight(right);
  }
  return sum;
}

struct Peak {
  double deg = 0, score = 0;
};

// The top of the parabola that fits equally spaced scores.
double summit(const std::vector<double>& scores, int best, int reach) {
  const int from = std::max(0, best - reach);
  const int to = std::min(static_cast<int>(scores.size()) - 1, best + reach);
  cv::Matx33d left = cv::Matx33d::zeros();
  cv::Vec3d right(0, 0, 0);
  for (int i = from; i <= to; ++i) {
    const double x = i - best;
    const cv::Vec3d row(1, x, x * x);
    left += row * row.t();
    right += row * (scores[i] / scores[best]);
  }
  const cv::Vec3d fit = left.solve(right, cv::DECOMP_LU);
  if (fit[2] >= 0) return best;
  return best + std::clamp(-fit[1] / (2 * fit[2]), -1.0 * reach, 1.0 * reach);
}

std::vector<Peak> coarse_scores(const Bits& half) {
  std::vector<Peak> out;
  Profile profile;
  for (const double lean : {-third_deg, 0.0, third_deg}) {
    const Strips strips = gather<16>(half, lean, 4);
    for (double deg = lean - third_deg / 2; deg < lean + third_deg / 2; deg += coarse_step) {
      lay(strips, deg, profile);
      out.push_back({deg, score(profile, false)});
    }
  }
  return out;
}

// A scanner's streak runs along an axis to a pixel, which no writing does: rows that are mostly ink go, with
// their neighbours.
Bits without_streaks(Bits bits) {
  std::vector<int> streaks;
  for (int y = 0; y < bits.height; ++y) {
    int ink = 0;
    for (int w = 0; w < bits.words; ++w) ink += std::popcount(bits.row(y)[w]);
    if (ink > streak_share * bits.width) streaks.push_back(y);
  }
  for (const int y : streaks)
    for (int at = std::max(0, y - 1); at <= std::min(bits.height - 1, y + 1); ++at)
      std::fill_n(bits.row(at), bits.words, 0);
  return bits;
}

double usual(const std::vector<Peak>& scores) {
  std::vector<double> all;
  for (const Peak& one : scores) all.push_back(one.score);
  std::nth_element(all.begin(), all.begin() + all.size() / 2, all.end());
  return std::max(1.0, all[all.size() / 2]);
}

// Best first; those that a finer look could make the best.
std::vector<Peak> peaks_of(const std::vector<Peak>& scores) {
  std::vector<Peak> peaks;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const bool left = i == 0 || scores[i].score >= scores[i - 1].score;
    const bool right = i + 1 == scores.size() || scores[i].score > scores[i + 1].score;
    if (left && right) peaks.push_back(scores[i]);
  }
  std::sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.score > b.score; });
  std::size_t keep = 0;
  while (keep < peaks.size() && keep < most_peaks && peaks[keep].score >= worth_a_look * peaks[0].score)
    ++keep;
  peaks.resize(keep);
  return peaks;
}

// The strips around a peak, and how the scores run there.
struct Near {
  Strips strips;
  std::vector<Peak> scores;
  Peak best;
};

Near look_nearer(const Bits& bits, double around) {
  Near out{gather<16>(bits, around, 8), {}, {}};
  Profile profile;
  for (double deg = around - middle_reach; deg < around + middle_reach + 0.01; deg += middle_step) {
    lay(out.strips, deg, profile);
    out.scores.push_back({deg, score(profile, true)});
    if (out.scores.back().score > out.best.score) out.best = out.scores.back();
  }
  return out;
}

// The best angle that is not on the slopes of `best`.
Peak rival_of(const Peak& best, const std::vector<Near>& places) {
  Peak rival;
  for (const Near& near : places) {
    for (std::size_t i = 1; i + 1 < near.scores.size(); ++i) {
      const Peak& here = near.scores[i];
      const bool top = here.score >= near.scores[i - 1].score && here.score >= near.scores[i + 1].score;
      if (top && std::abs(here.deg - best.deg) > slope_deg && here.score > rival.score) rival = here;
    }
  }
  return rival;
}

// The angle each way of judging prefers.
std::array<double, ways> finest(const Near& near) {
  std::array<std::vector<double>, ways> curves;
  Profile profile;
  const double from = near.best.deg - fine_reach;
  for (int i = 0; i <= std::lround(2 * fine_reach / fine_step); ++i) {
    lay(near.strips, from + i * fine_step, profile);
    const Scores scores = judged(profile);
    for (int w = 0; w < ways; ++w) curves[w].push_back(scores[w]);
  }
  std::array<double, ways> deg{};
  for (int w = 0; w < ways; ++w) {
    const auto best = std::max_element(curves[w].begin(), curves[w].end()) - curves[w].begin();
    deg[w] = curves[w][best] > 0 ? from + fine_step * summit(curves[w], static_cast<int>(best), 4) : 90;
  }
  return deg;
}

}  // namespace

LineUp line_up(const Bits& bits) {
  if (bits.width < 128 || bits.height < 128) return {};
  const std::vector<Peak> scores = coarse_scores(halved(bits));
  const std::vector<Peak> peaks = peaks_of(scores);
  if (peaks.empty() || peaks[0].score <= 0) return {};
  std::vector<Near> places;
  for (const Peak& peak : peaks) places.push_back(look_nearer(bits, peak.deg));
  const Near& near = *std::max_element(
      places.begin(), places.end(), [](const Near& a, const Near& b) { return a.best.score < b.best.score; });
  const std::array<double, ways> deg = finest(near);
  const double whole = std::abs(deg[many] - deg[lengthy]);
  LineUp out;
  out.strength = peaks[0].score / usual(scores);
  out.deg = whole <= 0.1 ? (deg[many] + deg[lengthy]) / 2 : deg[many];
  out.doubt_deg = std::max(whole, std::abs(deg[tops] - deg[bottoms]));
  if (const Peak rival = rival_of(near.best, places); rival.score > as_good * near.best.score)
    out.doubt_deg = std::max(out.doubt_deg, std::abs(rival.deg - out.deg));
  return out;
}

double line_strength(const Bits& bits) {
  if (bits.width < 128 || bits.height < 128) return 0;
  const std::vector<Peak> scores = coarse_scores(without_streaks(halved(bits)));
  double best = 0;
  for (const Peak& one : scores) best = std::max(best, one.score);
  return best / usual(scores);
}

}  // namespace page
