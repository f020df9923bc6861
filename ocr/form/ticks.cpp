#include "ocr/form/ticks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ocr/form/tick_view.hpp"

namespace ocr {
namespace {

using letter::TickState;

constexpr double px_mm = TickView::px_mm;
constexpr double blank_most = 0.012, tick_least = 0.05;  // share of the inside
constexpr double solid_least = 0.55, spill_least = 0.5;  // of a box blackened over its frame
constexpr double band_from_mm = 0.5, band_to_mm = 0.9;   // beyond the frame
constexpr double strike_mm = 1.1, pass_mm = 2.4;         // how far lines go on beyond the frame
constexpr double covered = 0.8;                          // share of a line that must be ink
constexpr double off_step_mm = 0.2, broader_mm = 1;      // than a stroke: two that have run into one
constexpr double full_least = 0.8;                       // of the inside: no lines can be told any more
constexpr double pass_share_most = 0.4;                  // of the inside: more is more than one stroke
constexpr double full_clean_most = 0.08,
                 full_spill_least = 0.2;  // beyond the frame, of the worse of two sides
constexpr double corner_mm = 0.8, two_strokes_mm = 1.9;
constexpr int ring_sectors = 24;
constexpr double ring_least = 0.8;

int px(double mm) { return static_cast<int>(std::lround(mm * px_mm)); }

double share(const cv::Mat& ink) {
  return ink.empty() ? 0 : cv::countNonZero(ink) / static_cast<double>(ink.total());
}

// Ink and places that can be told, counted along a stretch of a line.
struct Stretch {
  int known = 0, inked = 0;
  double part() const { return known == 0 ? 0 : static_cast<double>(inked) / known; }
};

// A straight line through the box, by its angle and its distance from the middle.
struct Line {
  double angle_deg = 0, off_mm = 0;
  double inside = 0;               // share of ink on its way through the box
  double goes_on = 0, passes = 0;  // of its worse side: just beyond the frame, and further
  bool strikes = false;            // long enough inside to strike the box out
};

class LineSearch {
 public:
  explicit LineSearch(const TickView& view) : view_(view) {
    cv::dilate(view.added, broad_, cv::Mat::ones(5, 5, CV_8U));  // no stroke is quite straight
  }

  // Every line that goes on beyond both sides of the box.
  std::vector<Line> crossing() const {
    std::vector<Line> found;
    for (int angle = 0; angle < 180; angle += 4) {
      for (double off = -1.8; off <= 1.8; off += off_step_mm) {
        const Line line = look(angle, off);
        if (line.inside >= covered && line.goes_on >= covered) found.push_back(line);
      }
    }
    return found;
  }

 private:
  // Calls `met` with each place on the way from `from` to `to` (mm from the middle) that can be told.
  template <class Met>
  void walk(const Line& line, double from, double to, Met met) const {
    const double c = std::cos(line.angle_deg * CV_PI / 180), s = std::sin(line.angle_deg * CV_PI / 180);
    const double x = (view_.box.x + view_.box.br().x) / 2.0 - s * line.off_mm * px_mm;
    const double y = (view_.box.y + view_.box.br().y) / 2.0 + c * line.off_mm * px_mm;
    constexpr double step_mm = 0.15;
    for (double t = from; t <= to; t += step_mm) {
      const cv::Point at(static_cast<int>(x + c * t * px_mm), static_cast<int>(y + s * t * px_mm));
      if (at.x < 0 || at.y < 0 || at.x >= broad_.cols || at.y >= broad_.rows) continue;
      if (!view_.printed.at<std::uint8_t>(at)) met(at, broad_.at<std::uint8_t>(at) != 0);
    }
  }

  Line look(double angle_deg, double off_mm) const {
    Line line{angle_deg, off_mm, 0, 0, 0};
    Stretch through;
    constexpr double half_mm = 2.9, reach_mm = 6;  // of the box's diagonal; of the view's
    walk(line, -half_mm, half_mm, [&](cv::Point at, bool inked) {
      if (view_.inside.contains(at)) ++through.known, through.inked += inked;
    });
    constexpr int chord_least = 6, strike_least = 16;  // samples: less only cuts a corner
    if (through.known < chord_least || through.part() < covered) return line;
    line.inside = through.part();
    std::array<Side, 2> sides;
    for (const double way : {-1.0, 1.0}) {
      Side& side = sides[way > 0];
      walk(line, way > 0 ? 0 : -reach_mm, way > 0 ? reach_mm : 0, [&](cv::Point at, bool inked) {
        const double beyond = std::max({view_.box.x - at.x, at.x - view_.box.br().x, view_.box.y - at.y,
                                        at.y - view_.box.br().y}) /
                              px_mm;
        if (beyond > 0 && beyond < strike_mm + view_.grown_mm) ++side.near.known, side.near.inked += inked;
        if (beyond > 0 && beyond < pass_mm) ++side.far.known, side.far.inked += inked;
      });
    }
    // Where print hides one side, the other speaks for both.
    const bool flat = std::abs(angle_deg - 90) > 60;  // labels stand beside boxes
    line.goes_on = worse(sides[0].near, sides[1].near, 3);
    line.strikes =
        through.known >= strike_least && (flat || std::min(sides[0].near.known, sides[1].near.known) >= 3);
    line.passes = worse(sides[0].far, sides[1].far, 5);
    return line;
  }

  struct Side {
    Stretch near, far;
  };
  static double worse(const Stretch& a, const Stretch& b, int known_least) {
    if (a.known < known_least) return b.known < known_least ? 0 : b.part();
    return b.known < known_least ? a.part() : std::min(a.part(), b.part());
  }

  const TickView& view_;
  cv::Mat broad_;
};

// Half the width of the broadest stroke inside, px.
double half_width(const cv::Mat& inside) {
  cv::Mat depth;
  cv::distanceTransform(inside, depth, cv::DIST_L2, 3);
  double half = 0;
  cv::minMaxLoc(depth, nullptr, &half);
  return half;
}

// How many lines strike the box out: side by side, the same way, with paper between them; what is clearly
// broader than one stroke (`broad_mm`) counts as two.
int strikes(const std::vector<Line>& lines, double broad_mm) {
  int most = 0;
  for (std::size_t first = 0, next = 0; first < lines.size(); first = next) {
    int count = 0;
    double start = 0, last = -100;
    for (next = first; next < lines.size() && lines[next].angle_deg == lines[first].angle_deg; ++next) {
      const double off = lines[next].off_mm;
      if (!lines[next].strikes) continue;
      if (off - last > 1.5 * off_step_mm) ++count, start = off;
      last = off;
      if (last - start >= broad_mm) ++count, start = 100;
    }
    most = std::max(most, count);
  }
  return most;
}

// What is left inside without the strokes along `line`, which are `half` px to each side.
double left_beside(const TickView& view, const Line& line, double half) {
  const cv::Mat inside = view.added(view.inside);
  const double c = std::cos(line.angle_deg * CV_PI / 180), s = std::sin(line.angle_deg * CV_PI / 180);
  const cv::Point2d middle((view.box.x + view.box.br().x) / 2.0 - view.inside.x,
                           (view.box.y + view.box.br().y) / 2.0 - view.inside.y);
  int left = 0;
  for (int y = 0; y < inside.rows; ++y)
    for (int x = 0; x < inside.cols; ++x)
      left += inside.at<std::uint8_t>(y, x) &&
              std::abs(-s * (x - middle.x) + c * (y - middle.y) - line.off_mm * px_mm) >= half + 0.3 * px_mm;
  return left / static_cast<double>(inside.total());
}

// One stroke that comes from elsewhere, goes elsewhere, and is all there is.
bool only_passes(const TickView& view, const std::vector<Line>& lines, double half) {
  return std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
    return line.passes >= covered && left_beside(view, line, half) < blank_most;
  });
}

// How much of a way around the box has ink: 1 = a closed ring.
double ring(const TickView& view) {
  std::array<Stretch, ring_sectors> sectors;
  const cv::Point2d middle((view.box.x + view.box.br().x) / 2.0, (view.box.y + view.box.br().y) / 2.0);
  const double least = 2.4 * px_mm, most = 5.1 * px_mm;
  for (int y = 0; y < view.added.rows; ++y)
    for (int x = 0; x < view.added.cols; ++x) {
      const double away = std::hypot(x - middle.x, y - middle.y);
      if (away < least || away > most) continue;
      const double turn = std::atan2(y - middle.y, x - middle.x) / (2 * CV_PI) + 0.5;
      Stretch& sector = sectors[static_cast<std::size_t>(turn * ring_sectors) % ring_sectors];
      sector.known += view.printed.at<std::uint8_t>(y, x) == 0;
      sector.inked += view.added.at<std::uint8_t>(y, x) != 0;
    }
  int known = 0, inked = 0;
  for (const Stretch& sector : sectors) {
    const double whole = CV_PI * (most * most - least * least) / ring_sectors;
    if (sector.inked <= 3 && sector.known < 0.6 * whole) continue;
    ++known;
    inked += sector.inked > 3;
  }
  return known < ring_sectors / 2 ? 0 : static_cast<double>(inked) / known;
}

// What leaves the box by one of its sides.
struct Exit {
  double share = 0;  // of ink in the band just beyond the frame
  int strokes = 0;   // that cross the band side by side, away from the corners
};

Exit exit_at(const cv::Mat& band, bool upright) {
  Exit exit;
  exit.share = share(band);
  cv::Mat profile;
  cv::reduce(band, profile, upright ? 1 : 0, cv::REDUCE_MAX);
  const int corner = px(corner_mm), count = static_cast<int>(profile.total());
  int run = 0;
  for (int i = corner; i <= count - corner; ++i) {
    const bool inked = i < count - corner && profile.at<std::uint8_t>(upright ? i : 0, upright ? 0 : i) != 0;
    if (inked) ++run;
    if (!inked && run > 0) exit.strokes += run >= px(two_strokes_mm) ? 2 : 1, run = 0;
  }
  return exit;
}

// Left, right, above, below.
std::array<Exit, 4> exits(const TickView& view) {
  const int from = px(band_from_mm + view.grown_mm), wide = px(band_to_mm - band_from_mm);
  const cv::Rect& b = view.box;
  return {exit_at(view.added({b.x - from - wide, b.y, wide, b.height}), true),
          exit_at(view.added({b.br().x + from, b.y, wide, b.height}), true),
          exit_at(view.added({b.x, b.y - from - wide, b.width, wide}), false),
          exit_at(view.added({b.x, b.br().y + from, b.width, wide}), false)};
}

// Ink over the frame of all sides but one.
double spill(const std::array<Exit, 4>& out) {
  std::array<double, 4> parts{out[0].share, out[1].share, out[2].share, out[3].share};
  std::sort(parts.begin(), parts.end());
  return parts[1];
}

// Several strokes that leave by two sides that face each other.
bool struck_out(const std::array<Exit, 4>& out) {
  return std::min(out[0].strokes, out[1].strokes) >= 2 || std::min(out[2].strokes, out[3].strokes) >= 2;
}

bool strokes_leave(const std::array<Exit, 4>& out) {
  return std::any_of(out.begin(), out.end(), [](const Exit& one) { return one.strokes >= 2; });
}

TickSeen doubtful(TickSeen seen) {
  seen.state = TickState::doubtful, seen.confidence = 0.5;
  return seen;
}

// A box so full that no stroke can be told from another.
TickSeen full_box(const std::array<Exit, 4>& out, TickSeen seen) {
  const double beside = std::max(std::min(out[0].share, out[1].share), std::min(out[2].share, out[3].share));
  if (beside > full_clean_most && beside < full_spill_least) return doubtful(seen);
  seen.state = beside <= full_clean_most ? TickState::ticked : TickState::corrected;
  seen.confidence = 0.9;
  return seen;
}

TickSeen inked_box(const TickView& view, const std::array<Exit, 4>& out, TickSeen seen) {
  if (seen.inside >= solid_least && seen.around >= spill_least) {
    seen.state = TickState::corrected, seen.confidence = 0.9;
    return seen;
  }
  if (seen.inside >= full_least) return full_box(out, seen);
  const std::vector<Line> lines = LineSearch(view).crossing();
  const double half = half_width(view.added(view.inside));
  if (seen.inside < pass_share_most && only_passes(view, lines, half)) {
    seen.state = TickState::blank, seen.confidence = 0.85;
    return seen;
  }
  const bool by_exits = struck_out(out);
  // Print hides where strokes leave by one side: what can be seen of them on the other must do.
  const bool by_lines = strokes_leave(out) && strikes(lines, 2 * half / px_mm + broader_mm) >= 2;
  if (by_lines || by_exits) {
    seen.state = TickState::corrected, seen.confidence = by_lines && by_exits ? 0.9 : 0.8;
    return seen;
  }
  if (seen.inside <= tick_least) return doubtful(seen);
  seen.state = TickState::ticked;
  seen.confidence = seen.inside > 2 * tick_least ? 0.995 : 0.95;
  return seen;
}

}  // namespace

double paper_of(const cv::Mat& grey) {
  std::vector<int> count(256, 0);
  for (int y = 0; y < grey.rows; ++y)
    for (int x = 0; x < grey.cols; ++x) ++count[grey.at<uchar>(y, x)];
  int paper = 255, lighter = 0;
  while (paper > 0) {
    lighter += count[static_cast<std::size_t>(paper)];
    if (lighter >= static_cast<int>(grey.total() / 4)) break;
    --paper;
  }
  return paper;
}

cv::Mat ink_of(const cv::Mat& grey) {
  cv::Mat ink;
  cv::threshold(grey, ink, std::max(20.0, paper_of(grey) * 0.72), 255, cv::THRESH_BINARY_INV);
  return ink;
}

TickSeen see_tick(const page::Raster& master, const Registration& where, const Form& form,
                  const Element& tick) {
  const TickView view = view_tick(master, where, form, tick);
  TickSeen seen;
  seen.inside = share(view.added(view.inside));
  const std::array<Exit, 4> out = exits(view);
  seen.around = spill(out);
  if (seen.inside > blank_most) return inked_box(view, out, seen);
  if (view.dotted) return doubtful(seen);
  if (cv::countNonZero(view.added) > TickView::ring_px_least && ring(view) >= ring_least)
    return doubtful(seen);
  seen.state = TickState::blank;
  seen.confidence = seen.inside < blank_most / 3 ? 0.995 : 0.97;
  return seen;
}

bool written_in(const page::Raster& master, const Registration& where, const cv::Rect2d& mm) {
  cv::Mat ink = ink_of(cut(master, where, mm, px_mm));
  drop_specks(ink, 10);  // 1.2 mm: less than any stroke of a signature
  return cv::countNonZero(ink) > 3 * px_mm * px_mm;
}

}  // namespace ocr
