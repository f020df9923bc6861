#include "ocr/lines/rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "ocr/lines/rows_parts.hpp"

namespace ocr {
namespace {

constexpr double most_up_cores = 3.2, most_down_cores = 2.7;  // from the middle of the small letters
constexpr double far_apart_mm = 14, least_wide_mm = 1.0, least_high_mm = 1.0;
constexpr double speck_mm = 0.25;
constexpr double pen_share = 0.03, dark_share = 0.45;  // the darkest ink, and what is dark beside it
constexpr double around_cores = 0.25;                  // paper left around a line's strokes

// The page at rows_dpi: what is looked at to tell lines.
struct Look {
  const page::Raster& raster;
  cv::Mat ink, rules;
  Marks marks;
  double by = 1;  // px of the raster a px of ink
  double px_a_mm = 0;
};

// Faint rules come through in pieces. A mark is kept when some of it is nearly as dark as pens are here.
cv::Mat dark_ink(const page::Raster& small, const cv::Mat& ink) {
  if (small.bilevel) return ink;
  const int window = std::max(9, static_cast<int>(small.dpi / 6)) | 1;
  cv::Mat mean, depth;
  cv::boxFilter(small.grey, mean, CV_8U, {window, window}, {-1, -1}, true, cv::BORDER_REPLICATE);
  cv::subtract(mean, small.grey, depth, ink);
  std::array<int, 256> counts{};
  for (int y = 0; y < depth.rows; ++y) {
    const auto *is_ink = ink.ptr<unsigned char>(y), *deep = depth.ptr<unsigned char>(y);
    for (int x = 0; x < depth.cols; ++x) counts[deep[x]] += is_ink[x] & 1;
  }
  int left = static_cast<int>(pen_share * std::accumulate(counts.begin(), counts.end(), 0));
  int pen = 255;
  while (pen > 0 && (left -= counts[static_cast<std::size_t>(pen)]) > 0) --pen;
  return (depth >= dark_share * pen) & ink;
}

// Ink that can be no writing goes: specks, faint pieces of rules, and what comes in from the edge of the
// picture and is larger than words.
void take_out_dirt(Look& look, const cv::Mat& dark) {
  const std::size_t count = look.marks.box.size();
  std::vector<unsigned char> keep(count, 0);
  for (int y = 0; y < dark.rows; ++y) {
    const auto* deep = dark.ptr<unsigned char>(y);
    const auto* mark = look.marks.label.ptr<int>(y);
    for (int x = 0; x < dark.cols; ++x)
      if (deep[x] != 0) keep[static_cast<std::size_t>(mark[x])] = 255;
  }
  keep[0] = 0;
  for (std::size_t i = 1; i < count; ++i) {
    const cv::Rect& box = look.marks.box[i];
    const bool at_edge =
        box.x <= 1 || box.y <= 1 || box.br().x >= dark.cols - 1 || box.br().y >= dark.rows - 1;
    const bool large = box.height > 15 * look.px_a_mm || box.width > 60 * look.px_a_mm;
    const bool speck = std::max(box.width, box.height) < speck_mm * look.px_a_mm;
    if (speck || (at_edge && large)) keep[i] = 0;
    if (keep[i] == 0) look.marks.box[i] = {};
  }
  for (int y = 0; y < dark.rows; ++y) {
    auto* ink = look.ink.ptr<unsigned char>(y);
    auto* mark = look.marks.label.ptr<int>(y);
    for (int x = 0; x < dark.cols; ++x) {
      ink[x] = keep[static_cast<std::size_t>(mark[x])];
      if (ink[x] == 0) mark[x] = 0;
    }
  }
}

Look look_at(const page::Raster& raster) {
  const page::Raster small = no_finer_than(raster, rows_dpi);
  Look out{raster, page::ink(small), {}, {}, raster.dpi / small.dpi, small.dpi / 25.4};
  out.rules = paper_lines(out.ink, out.px_a_mm);
  cv::subtract(out.ink, out.rules, out.ink);
  out.marks = marks_of(out.ink);
  take_out_dirt(out, dark_ink(small, out.ink));
  return out;
}

// A rule that runs along a stroke took some of it away: what lies beside a line's strokes is that line's
// again.
void give_back(cv::Mat& shares, const cv::Mat& rules) {
  const cv::Mat before = shares.clone();
  for (int y = 1; y + 1 < rules.rows; ++y) {
    const auto* rule = rules.ptr<unsigned char>(y);
    for (int x = 2; x + 2 < rules.cols; ++x) {
      if (rule[x] == 0) continue;
      std::int16_t line = 0;
      for (int dy = -1; dy <= 1 && line == 0; ++dy)
        for (int dx = -2; dx <= 2 && line == 0; ++dx) line = before.at<std::int16_t>(y + dy, x + dx);
      shares.at<std::int16_t>(y, x) = line;
    }
  }
}

// One line's strokes from column `from` to before `to`; how far they reach above and below the line's middle.
struct Stretch {
  std::size_t line = 0;
  int from = 0, to = 0;
  int up = 0, down = 0;
  int top = std::numeric_limits<int>::max(), bottom = 0;  // rows of the ink itself
};

// Where each line has ink, cut at wide gaps.
std::vector<Stretch> stretches(const cv::Mat& shares, std::size_t lines, double px_a_mm) {
  const int gap = static_cast<int>(far_apart_mm * px_a_mm);
  std::vector<std::vector<bool>> inked(lines, std::vector<bool>(static_cast<std::size_t>(shares.cols)));
  for (int y = 0; y < shares.rows; ++y) {
    const auto* row = shares.ptr<std::int16_t>(y);
    for (int x = 0; x < shares.cols; ++x)
      if (row[x] > 0) inked[static_cast<std::size_t>(row[x] - 1)][static_cast<std::size_t>(x)] = true;
  }
  std::vector<Stretch> out;
  for (std::size_t line = 0; line < lines; ++line) {
    bool open = false;
    for (int x = 0; x < shares.cols; ++x) {
      if (!inked[line][static_cast<std::size_t>(x)]) continue;
      if (!open || x - out.back().to > gap) out.push_back({line, x, x});
      open = true;
      out.back().to = x + 1;
    }
  }
  return out;
}

// The row of each column that runs through the line's small letters.
std::vector<int> middles(const Trace& line, int from, int to) {
  std::vector<int> out;
  for (int x = from; x < to; ++x) out.push_back(static_cast<int>(std::lround(line.at(x))));
  return out;
}

// Strokes that go further than a line's own may (a flourish, a mark of the margin) are not followed.
void measure(const cv::Mat& shares, Stretch& stretch, const Trace& line) {
  const std::vector<int> middle = middles(line, stretch.from, stretch.to);
  const auto [high, low] = std::minmax_element(middle.begin(), middle.end());
  const int up = static_cast<int>(most_up_cores * line.core),
            down = static_cast<int>(most_down_cores * line.core);
  for (int y = std::max(0, *high - up); y < std::min(shares.rows, *low + down + 1); ++y) {
    const auto* row = shares.ptr<std::int16_t>(y);
    for (int x = stretch.from; x < stretch.to; ++x) {
      if (row[x] != static_cast<std::int16_t>(stretch.line + 1)) continue;
      const int above = middle[static_cast<std::size_t>(x - stretch.from)] - y;
      if (above > up || -above > down) continue;
      stretch.up = std::max(stretch.up, above), stretch.down = std::max(stretch.down, 1 - above);
      stretch.top = std::min(stretch.top, y), stretch.bottom = std::max(stretch.bottom, y + 1);
    }
  }
}

// 255 where the level picture shows this line. `level`: its columns, its rows against the line's middle.
cv::Mat own_ink(const cv::Mat& shares, const Stretch& stretch, const Trace& line, const cv::Rect& level) {
  cv::Mat own = cv::Mat::zeros(level.size(), CV_8U);
  const std::vector<int> middle = middles(line, stretch.from, stretch.to);
  for (int y = 0; y < level.height; ++y) {
    auto* to = own.ptr<unsigned char>(y);
    for (int x = stretch.from; x < stretch.to; ++x) {
      const int from = middle[static_cast<std::size_t>(x - stretch.from)] + level.y + y;
      if (from >= 0 && from < shares.rows &&
          shares.at<std::int16_t>(from, x) == static_cast<std::int16_t>(stretch.line + 1))
        to[x - level.x] = 255;
    }
  }
  return own;
}

// The middle grey of the paper: what is not ink hereabouts.
int paper_of(const cv::Mat& grey) {
  std::array<int, 256> counts{};
  for (int y = 0; y < grey.rows; y += 2)
    for (int x = 0; x < grey.cols; x += 2) ++counts[grey.at<unsigned char>(y, x)];
  int left = std::accumulate(counts.begin(), counts.end(), 0) / 4;
  int value = 255;
  while (value > 0 && (left -= counts[static_cast<std::size_t>(value)]) > 0) --value;
  return value;
}

// Level columns of the raster; what is not under `own` and its edges becomes paper.
cv::Mat level_grey(const Look& look, const Trace& line, const cv::Rect& level, const cv::Mat& own) {
  const cv::Mat& grey = look.raster.grey;
  const auto full = [&](double ink_px) { return static_cast<int>(std::lround(ink_px * look.by)); };
  cv::Mat out(full(level.height), full(level.width), CV_8U);
  const int left = full(level.x);
  std::vector<float> top(static_cast<std::size_t>(out.cols));
  for (int x = 0; x < out.cols; ++x)
    top[static_cast<std::size_t>(x)] =
        static_cast<float>((line.at((left + x + 0.5) / look.by - 0.5) + level.y + 0.5) * look.by - 0.5);
  for (int y = 0; y < out.rows; ++y) {
    auto* to = out.ptr<unsigned char>(y);
    for (int x = 0; x < out.cols; ++x) {
      const float place = std::clamp(top[static_cast<std::size_t>(x)] + static_cast<float>(y), 0.0F,
                                     static_cast<float>(grey.rows - 1));
      const int above = static_cast<int>(place), from = std::clamp(left + x, 0, grey.cols - 1);
      const float a = grey.at<unsigned char>(above, from);
      const float b = grey.at<unsigned char>(std::min(above + 1, grey.rows - 1), from);
      to[x] = static_cast<unsigned char>(a + (b - a) * (place - static_cast<float>(above)));
    }
  }
  cv::Mat near, full_near;
  cv::dilate(own, near, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  cv::resize(near, full_near, out.size(), 0, 0, cv::INTER_NEAREST);
  out.setTo(cv::Scalar(paper_of(out)), full_near == 0);
  return out;
}

Row row_of(const Look& look, const cv::Mat& shares, const Stretch& stretch, const Trace& line) {
  const int around = static_cast<int>(std::ceil(around_cores * line.core));
  const cv::Rect level(stretch.from - around, -stretch.up - around / 2,
                       stretch.to - stretch.from + 2 * around, stretch.up + stretch.down + 2 * (around / 2));
  Row row;
  row.ink = own_ink(shares, stretch, line, level);
  row.grey = level_grey(look, line, level, row.ink);
  row.ink_core = line.core, row.core = line.core * look.by;
  const auto full = [&](int px) { return static_cast<int>(px * look.by); };
  row.box = cv::Rect(full(stretch.from), full(stretch.top), full(stretch.to - stretch.from),
                     full(stretch.bottom - stretch.top));
  for (double x = stretch.from; x < stretch.to; x += line.core)
    row.middle.emplace_back(static_cast<float>(x * look.by), static_cast<float>(line.at(x) * look.by));
  return row;
}

bool is_writing(const Stretch& stretch, double px_a_mm) {
  return stretch.to - stretch.from >= least_wide_mm * px_a_mm &&
         stretch.bottom - stretch.top >= least_high_mm * px_a_mm;
}

double height_of(const Row& row) {
  double sum = 0;
  for (const cv::Point2f& at : row.middle) sum += at.y;
  return sum / static_cast<double>(row.middle.size());
}

// From top to bottom; what stands at one height, left to right.
void put_in_order(std::vector<Row>& rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return height_of(a) < height_of(b); });
  for (auto first = rows.begin(); first != rows.end();) {
    const double limit = height_of(*first) + 0.8 * first->core;
    const auto last = std::find_if(first, rows.end(), [&](const Row& row) { return height_of(row) > limit; });
    std::sort(first, last, [](const Row& a, const Row& b) { return a.box.x < b.box.x; });
    first = last;
  }
}

}  // namespace

page::Raster no_finer_than(const page::Raster& raster, double dpi) {
  const double by = raster.dpi / dpi;
  if (by < 1.1) return raster;
  page::Raster out{{}, dpi, false};
  cv::resize(raster.grey, out.grey, {}, 1 / by, 1 / by, cv::INTER_AREA);
  return out;
}

std::vector<Row> cut_rows(const page::Raster& raster) {
  if (raster.grey.rows < 16 || raster.grey.cols < 16) return {};
  const Look look = look_at(raster);
  const std::vector<Trace> lines = traces(look.ink, look.marks, look.px_a_mm);
  cv::Mat shares = share_out(look.ink, look.marks, lines);
  give_back(shares, look.rules);
  std::vector<Row> rows;
  for (Stretch& stretch : stretches(shares, lines.size(), look.px_a_mm)) {
    measure(shares, stretch, lines[stretch.line]);
    if (is_writing(stretch, look.px_a_mm)) rows.push_back(row_of(look, shares, stretch, lines[stretch.line]));
  }
  put_in_order(rows);
  return rows;
}

}  // namespace ocr
