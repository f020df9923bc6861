#include <algorithm>
#include <cmath>
#include <numeric>

#include "ocr/lines/rows_parts.hpp"

namespace ocr {
namespace {

constexpr double least_core_mm = 1.0, most_core_mm = 6.0;
constexpr double along_cores = 3.2, across_cores = 0.42;  // deviations of the blur
constexpr double least_share = 0.12;                      // of the strongest places
// What is nearer to a stronger line than this is no line: in heights of small letters, in usual distances of
// lines.
constexpr double close_cores = 1.15, faint_cores = 1.9, nearest_pitches = 0.55, nearest_cores = 2;
constexpr float faint_share = 0.33F;
constexpr double most_slope_deg = 4.0, slope_step_deg = 0.25;

constexpr int tall = 2;  // px of ink a row of the map: enough to tell lines

// Strokes a cell: every stroke's left edge once, however thick, summed over `step` columns and `tall` rows.
cv::Mat strokes(const cv::Mat& ink, int step) {
  cv::Mat out((ink.rows + tall - 1) / tall, (ink.cols + step - 1) / step, CV_32F, cv::Scalar(0));
  std::vector<unsigned char> edges(static_cast<std::size_t>(out.cols * step), 0);
  for (int y = 0; y < ink.rows; ++y) {
    const auto* from = ink.ptr<unsigned char>(y);
    edges[0] = from[0] & 1;
    for (int x = 1; x < ink.cols; ++x) edges[static_cast<std::size_t>(x)] = from[x] & ~from[x - 1] & 1;
    auto* to = out.ptr<float>(y / tall);
    const auto* edge = edges.data();
    for (int cell = 0; cell < out.cols; ++cell) {
      int sum = 0;
      for (int i = 0; i < step; ++i) sum += *edge++;
      to[cell] += static_cast<float>(sum);
    }
  }
  return out;
}

// Every column moved up by slope * x; both as cells go.
cv::Mat sheared(const cv::Mat& map, double slope_a_cell) {
  if (slope_a_cell == 0) return map;
  std::vector<int> shift;
  for (int x = 0; x < map.cols; ++x)
    shift.push_back(static_cast<int>(std::lround(slope_a_cell * (x - map.cols / 2))));
  cv::Mat out = cv::Mat::zeros(map.size(), CV_32F);
  for (int y = 0; y < map.rows; ++y) {
    auto* to = out.ptr<float>(y);
    for (int x = 0; x < map.cols; ++x)
      if (const int from = y + shift[static_cast<std::size_t>(x)]; from >= 0 && from < map.rows)
        to[x] = map.at<float>(from, x);
  }
  return out;
}

// The slope at which lines of writing stand out best; level unless another is clearly better.
double best_slope(const cv::Mat& map, int step) {
  cv::Mat columns;  // a column of the map as a row, so that it can be slid along
  cv::transpose(map, columns);
  const int rows = columns.cols;
  std::vector<float> sums(static_cast<std::size_t>(rows));
  const auto sharpness = [&](double slope) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (int x = 0; x < columns.rows; ++x) {
      const int shift = static_cast<int>(std::lround(slope * step / tall * (x - columns.rows / 2)));
      const auto* column = columns.ptr<float>(x);
      const int last = std::min(rows, rows - shift);
      for (int y = std::max(0, -shift); y < last; ++y) sums[static_cast<std::size_t>(y)] += column[y + shift];
    }
    return std::inner_product(sums.begin(), sums.end(), sums.begin(), 0.0);
  };
  double best = 0, most = 1.02 * sharpness(0);
  for (double deg = -most_slope_deg; deg <= most_slope_deg; deg += slope_step_deg) {
    const double slope = std::tan(deg * CV_PI / 180), here = sharpness(slope);
    if (here > most) best = slope, most = here;
  }
  return best;
}

struct Crest {
  int column = 0;
  float y = 0, strength = 0;
};

std::vector<std::vector<Crest>> crests(const cv::Mat& hills) {
  std::vector<float> tops(static_cast<std::size_t>(hills.cols), 0.0F);
  for (int y = 0; y < hills.rows; ++y) {
    const auto* here = hills.ptr<float>(y);
    for (int x = 0; x < hills.cols; ++x)
      tops[static_cast<std::size_t>(x)] = std::max(tops[static_cast<std::size_t>(x)], here[x]);
  }
  std::sort(tops.begin(), tops.end());
  const float least = static_cast<float>(least_share) * tops[tops.size() * 9 / 10];
  std::vector<std::vector<Crest>> out(static_cast<std::size_t>(hills.cols));
  for (int y = 1; y + 1 < hills.rows; ++y) {
    const auto *above = hills.ptr<float>(y - 1), *here = hills.ptr<float>(y),
               *below = hills.ptr<float>(y + 1);
    for (int x = 0; x < hills.cols; ++x) {
      if (here[x] <= least || here[x] <= above[x] || here[x] < below[x]) continue;
      const float bend = above[x] - 2 * here[x] + below[x];
      const float off = bend < 0 ? 0.5F * (above[x] - below[x]) / bend : 0;
      out[static_cast<std::size_t>(x)].push_back({x, static_cast<float>(y) + off, here[x]});
    }
  }
  return out;
}

using Track = std::vector<Crest>;

// Crests of neighbouring columns at about one height are one line.
std::vector<Track> linked(const std::vector<std::vector<Crest>>& columns, double most_jump) {
  std::vector<Track> tracks;
  std::vector<std::size_t> open;
  for (const auto& column : columns) {
    std::vector<std::size_t> still;
    std::vector<bool> taken(column.size(), false);
    for (const std::size_t track : open) {
      std::size_t best = column.size();
      for (std::size_t i = 0; i < column.size(); ++i) {
        const float off = std::abs(column[i].y - tracks[track].back().y);
        if (!taken[i] && off <= most_jump &&
            (best == column.size() || off < std::abs(column[best].y - tracks[track].back().y)))
          best = i;
      }
      if (best == column.size()) continue;
      taken[best] = true;
      tracks[track].push_back(column[best]);
      still.push_back(track);
    }
    for (std::size_t i = 0; i < column.size(); ++i) {
      if (taken[i]) continue;
      still.push_back(tracks.size());
      tracks.push_back({column[i]});
    }
    open = std::move(still);
  }
  return tracks;
}

// What one blur left in pieces: a track that goes on where another ends, at its height.
void join(std::vector<Track>& tracks, double core, double step) {
  std::sort(tracks.begin(), tracks.end(),
            [](const Track& a, const Track& b) { return a.front().column < b.front().column; });
  const int most_gap = static_cast<int>(6 * core / step), most_shared = static_cast<int>(2 * core / step);
  for (std::size_t i = 0; i < tracks.size(); ++i)
    for (std::size_t j = i + 1; j < tracks.size(); ++j) {
      Track &a = tracks[i], &b = tracks[j];
      if (a.empty() || b.empty() || b.back().column <= a.back().column) continue;
      const int gap = b.front().column - a.back().column;
      if (gap > most_gap || gap < -most_shared) continue;
      while (a.size() > 1 && a.back().column >= b.front().column) a.pop_back();
      const Crest from = a.back(), to = b.front();
      if (std::abs(from.y - to.y) > 0.6 * core) continue;
      for (int x = from.column + 1; x < to.column; ++x) {
        const float share = static_cast<float>(x - from.column) / static_cast<float>(to.column - from.column);
        a.push_back({x, from.y + (to.y - from.y) * share, std::min(from.strength, to.strength)});
      }
      a.insert(a.end(), b.begin(), b.end());
      b.clear();
      j = i;  // what it grew to may go on elsewhere
    }
  std::erase_if(tracks, [](const Track& track) { return track.empty(); });
}

float strongest(const Track& track) {
  return std::max_element(track.begin(), track.end(),
                          [](const Crest& a, const Crest& b) { return a.strength < b.strength; })
      ->strength;
}

const Crest* at_column(const Track& track, int column) {
  const int i = column - track.front().column;
  return i >= 0 && i < static_cast<int>(track.size()) ? &track[static_cast<std::size_t>(i)] : nullptr;
}

// A row of ascenders or accents beside the line they belong to: close to a much stronger one all along, or
// closer than any two lines can be.
bool hangs_on(const Track& track, const Track& other, double core) {
  int shared = 0, close = 0, faint = 0;
  for (const Crest& crest : track) {
    const Crest* beside = at_column(other, crest.column);
    if (!beside) continue;
    ++shared;
    const double apart = std::abs(beside->y - crest.y);
    close += apart < close_cores * core && crest.strength < beside->strength;
    faint += apart < faint_cores * core && crest.strength < faint_share * beside->strength;
  }
  return 2 * std::max(close, faint) > static_cast<int>(track.size()) && shared > 0;
}

std::vector<Track> without_hangers(const std::vector<Track>& tracks, double core, int least_columns) {
  std::vector<Track> out;
  for (const Track& track : tracks) {
    const bool hangs = std::any_of(tracks.begin(), tracks.end(), [&](const Track& other) {
      return &other != &track && strongest(other) >= strongest(track) && hangs_on(track, other, core);
    });
    if (!hangs && static_cast<int>(track.size()) >= least_columns) out.push_back(track);
  }
  return out;
}

// How far apart lines run: the way down from a place of one to the next, as it is where lines are near
// (beside a short line it is twice as far); 0 = there is no telling.
double pitch_of(const std::vector<Track>& tracks) {
  std::vector<float> ways;
  for (const Track& track : tracks)
    for (const Crest& crest : track) {
      float least = 0;
      for (const Track& other : tracks)
        if (const Crest* there = at_column(other, crest.column); there && there->y > crest.y)
          least = least == 0 ? there->y - crest.y : std::min(least, there->y - crest.y);
      if (least > 0) ways.push_back(least);
    }
  if (ways.empty()) return 0;
  const auto low = ways.begin() + static_cast<std::ptrdiff_t>(ways.size() * 3 / 10);
  std::nth_element(ways.begin(), low, ways.end());
  return *low;
}

Trace trace_of(const Track& track, int step, double slope, int middle_column) {
  Trace out;
  out.step = step;
  out.left = track.front().column * step + step / 2;
  for (const Crest& crest : track) {
    const auto shift = std::lround(slope * step / tall * (crest.column - middle_column));
    out.y.push_back((crest.y + static_cast<float>(shift) + 0.5F) * tall - 0.5F);
    out.strength.push_back(crest.strength);
  }
  return out;
}

// Moves the line to the middle of its small letters and measures their height: from where strokes come up to
// half of their most.
void measure(Trace& trace, const cv::Mat& map, double core) {
  core /= tall;
  const int reach = static_cast<int>(2.5 * core) + 1;
  cv::Mat profile = cv::Mat::zeros(2 * reach + 1, 1, CV_32F);
  for (std::size_t i = 0; i < trace.y.size(); ++i) {
    const int column = (trace.left + static_cast<int>(i) * trace.step) / trace.step;
    const int y = static_cast<int>(trace.y[i]) / tall;
    for (int dy = -reach; dy <= reach; ++dy)
      if (y + dy >= 0 && y + dy < map.rows && column < map.cols)
        profile.at<float>(dy + reach) += map.at<float>(y + dy, column);
  }
  cv::GaussianBlur(profile, profile, {1, 0}, 0.1, 0.12 * core, cv::BORDER_REPLICATE);
  int top = reach;
  const int near = static_cast<int>(0.6 * core);
  for (int i = std::max(0, reach - near); i <= std::min(2 * reach, reach + near); ++i)
    if (profile.at<float>(i) > profile.at<float>(top)) top = i;
  const float half = profile.at<float>(top) / 2;
  int first = top, last = top;
  while (first > 0 && profile.at<float>(first - 1) > half) --first;
  while (last < 2 * reach && profile.at<float>(last + 1) > half) ++last;
  trace.core = tall * std::clamp(static_cast<double>(last - first + 1), 0.5 * core, 2.5 * core);
  const auto off = static_cast<float>(tall * ((first + last) / 2.0 - reach));
  for (float& y : trace.y) y += off;
}

std::vector<Trace> traces_at(const cv::Mat& ink, double core) {
  const int step = std::max(2, static_cast<int>(0.4 * core));
  const cv::Mat map = strokes(ink, step);
  const double slope = best_slope(map, step);
  cv::Mat hills;
  cv::GaussianBlur(sheared(map, slope * step / tall), hills, {}, along_cores * core / step,
                   across_cores * core / tall, cv::BORDER_CONSTANT);
  double most = 0;
  cv::minMaxLoc(hills, nullptr, &most);
  if (most <= 0) return {};
  std::vector<Trace> out;
  std::vector<Track> tracks = linked(crests(hills), 0.3 * core / tall);
  tracks = without_hangers(tracks, core / tall, 3);
  join(tracks, core / tall, static_cast<double>(step) / tall);
  const double nearest = std::min(nearest_pitches * pitch_of(tracks), nearest_cores * core / tall);
  tracks = without_hangers(tracks, std::max(core / tall, nearest / close_cores), 3);
  for (const Track& track : tracks) {
    out.push_back(trace_of(track, step, slope, map.cols / 2));
    measure(out.back(), map, core);
  }
  return out;
}

double usual_core(std::vector<Trace> lines) {
  if (lines.empty()) return 0;
  const auto middle = lines.begin() + static_cast<std::ptrdiff_t>(lines.size() / 2);
  std::nth_element(lines.begin(), middle, lines.end(),
                   [](const Trace& a, const Trace& b) { return a.core < b.core; });
  return middle->core;
}

}  // namespace

double Trace::at(double x) const {
  const double place = std::clamp((x - left) / step, 0.0, static_cast<double>(y.size() - 1));
  const auto i = static_cast<std::size_t>(place);
  const double share = place - static_cast<double>(i);
  return y[i] * (1 - share) + y[std::min(i + 1, y.size() - 1)] * share;
}

double core_at_first_sight(const Marks& marks, double px_a_mm) {
  std::vector<int> heights;
  for (std::size_t i = 1; i < marks.box.size(); ++i)
    if (const cv::Rect& box = marks.box[i];
        box.height >= 0.9 * px_a_mm && box.width >= 0.6 * px_a_mm && box.height <= 15 * px_a_mm)
      heights.push_back(box.height);
  if (heights.empty()) return 2 * px_a_mm;
  const auto low = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 3 / 10);
  std::nth_element(heights.begin(), low, heights.end());
  return std::clamp(static_cast<double>(*low), least_core_mm * px_a_mm, most_core_mm * px_a_mm);
}

std::vector<Trace> traces(const cv::Mat& ink, const Marks& marks, double px_a_mm) {
  double core = core_at_first_sight(marks, px_a_mm);
  std::vector<Trace> lines = traces_at(ink, core);
  for (int again = 0; again < 2 && !lines.empty(); ++again) {
    const double seen = std::clamp(usual_core(lines), least_core_mm * px_a_mm, most_core_mm * px_a_mm);
    if (std::abs(std::log(seen / core)) < 0.25) break;
    core = seen;
    lines = traces_at(ink, core);
  }
  return lines;
}

}  // namespace ocr
