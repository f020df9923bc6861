#include "models/workshop/marks.hpp"

#include <cmath>
#include <numbers>

namespace workshop {
namespace {

// A pen at work in and around one box.
class Ticker {
 public:
  Ticker(Canvas& canvas, const Writing& writing, const Rect& box, Dice& dice)
      : canvas_(canvas), writing_(writing), box_(box), dice_(dice) {
    wobble_ = writing.hand ? 0.3 + 0.1 * writing.carelessness : 0.08;
    pen_ = {writing.hand ? dice.uniform(0.3, 0.55) + writing.swell : 0.5, writing.ink};
  }

  void cross(double beyond) {
    const double wide = beyond / box_.w;
    line({{0.08 - wide, 0.1 - wide}, {0.5, 0.5}, {0.92 + wide, 0.92 + wide}});
    line({{0.92 + wide, 0.08 - wide}, {0.5, 0.5}, {0.08 - wide, 0.92 + wide}});
  }
  void check(double beyond) {
    const double tail = beyond / box_.w;
    line({{0.1, 0.5}, {0.38, 0.9}});
    line({{0.38, 0.9}, {0.7, 0.35}, {1.1 + tail, -0.15 - tail}});
  }
  void scribble() {
    std::vector<Point> zigzag;
    for (int i = 0; i <= 9; ++i) zigzag.push_back({0.08 + 0.84 * (i % 2), 0.08 + 0.84 * i / 9.0});
    line(zigzag);
  }
  void slash() {
    if (dice_.chance(0.7))
      line({{0.95, 0.02}, {0.5, 0.5}, {0.05, 0.95}});
    else
      line({{0.05, 0.05}, {0.5, 0.5}, {0.95, 0.95}});
  }
  void blob() {
    pen_.width = dice_.uniform(0.6, 0.9);
    const double r = dice_.uniform(0.1, 0.2);
    line({{0.5 - r, 0.5}, {0.5, 0.5 - r}, {0.5 + r, 0.5}, {0.5, 0.5 + r}, {0.5 - r, 0.5}, {0.5 + r, 0.5}});
  }
  // Rows of strokes over the box and `beyond` mm over its frame.
  void blacken(double beyond, double pitch) {
    std::vector<Point> zigzag;
    const double b = beyond / box_.w;
    const int rows = static_cast<int>((box_.h + 2 * beyond) / pitch);
    for (int i = 0; i <= rows; ++i) zigzag.push_back({i % 2 ? 1 + b : -b, -b + (1 + 2 * b) * i / rows});
    wobble_ = 0.12;
    line(zigzag);
  }
  void faint() {
    pen_ = {dice_.uniform(0.3, 0.45), dice_.uniform(0.32, 0.5)};
    dice_.chance(0.6) ? cross(0) : check(0);
  }
  void beside() {
    const double away = dice_.uniform(0.3, 0.5) * box_.w;
    const double angle = dice_.uniform(0, 2 * std::numbers::pi);
    box_.x += away * std::cos(angle);
    box_.y += away * std::sin(angle);
    cross(0);
  }
  // A stroke that goes on well beyond both sides of the box, through it or over a corner of it.
  void pass() {
    const double lean = dice_.uniform(-0.6, 0.6), at = dice_.uniform(0.1, 0.9);
    const double from = -dice_.uniform(0.9, 2.2), to = 1 + dice_.uniform(0.9, 2.2);
    wobble_ = 0.15;
    const auto point = [&](double along) { return Point{along, at + lean * (along - 0.5)}; };
    line({point(from), point(0.5), point(to)});
  }
  // Ink that ends at the frame: a letter's foot, the end of a stroke.
  void graze() {
    wobble_ = 0.05;
    const double out = dice_.uniform(0.12, 0.25);
    switch (dice_.below(3)) {
      case 0:
        line({{-0.9, -0.4}, {-out, 0.3}, {-0.8, 1.1}});
        break;
      case 1:
        line({{0.3, -0.45}, {0.5, -out}, {0.7, -0.45}});
        break;
      default:
        line({{0.1, 1 + out}, {0.6, 1 + out}, {1.2, 1.1 + out}});
    }
  }
  void strike() {
    dice_.chance(0.7) ? cross(dice_.uniform(0, 0.5)) : check(0);
    wobble_ = 0.15;
    const double beyond = dice_.uniform(0.35, 0.7);
    const int lines = dice_.between(2, 3);
    for (int i = 0; i < lines; ++i) {
      const double at = lines == 2 ? 0.33 + 0.34 * i : 0.2 + 0.3 * i;
      line({{-beyond, at}, {0.5, at - 0.05}, {1 + beyond, at}});
    }
  }
  void circle() {
    std::vector<Point> ring;
    const double r = dice_.uniform(0.85, 1.15);
    wobble_ = 0.1;
    for (int i = 0; i <= 13; ++i) {
      const double angle = 2 * std::numbers::pi * i / 12 - 1;
      ring.push_back({0.5 + r * std::cos(angle), 0.5 + 0.9 * r * std::sin(angle)});
    }
    line(ring);
  }
  void press(double width) { pen_.width = width; }

 private:
  // In parts of the box, each point a little off.
  void line(std::vector<Point> points) {
    for (Point& p : points)
      p = {box_.x + box_.w * p.x + dice_.around(0, wobble_),
           box_.y + box_.h * p.y + dice_.around(0, wobble_)};
    canvas_.curve(points, pen_);
  }

  Canvas& canvas_;
  const Writing& writing_;
  Rect box_;
  Dice& dice_;
  Pen pen_;
  double wobble_ = 0.1;
};

void ring_of(Canvas& canvas, const Point& middle, double radius, const Pen& pen) {
  std::vector<Point> ring;
  for (int i = 0; i <= 24; ++i)
    ring.push_back({middle.x + radius * std::cos(i * std::numbers::pi / 12),
                    middle.y + radius * std::sin(i * std::numbers::pi / 12)});
  canvas.curve(ring, pen);
}

}  // namespace

std::string_view name_of(Mark mark) {
  static constexpr std::string_view names[] = {"none",    "cross",  "check",   "scribble",  "slash",
                                               "blob",    "filled", "leaving", "faint",     "beside",
                                               "passing", "grazed", "struck",  "blackened", "circled"};
  return names[static_cast<std::size_t>(mark)];
}

std::string_view state_of(Mark mark) {
  switch (mark) {
    case Mark::none:
    case Mark::passing:
    case Mark::grazed:
      return "blank";
    case Mark::struck:
    case Mark::blackened:
      return "corrected";
    case Mark::circled:
      return "doubtful";
    default:
      return "ticked";
  }
}

Mark tick_mark_of(const Writing& writing, double difficulty, Dice& dice) {
  static const std::vector<Mark> odd{Mark::slash,   Mark::blob,  Mark::filled,  Mark::leaving,
                                     Mark::leaving, Mark::faint, Mark::scribble};
  if (writing.hand && dice.chance(0.5 * difficulty)) return dice.pick(odd);
  const double fate = dice.unit();
  return fate < 0.65 ? Mark::cross : fate < 0.85 ? Mark::check : Mark::scribble;
}

void make_mark(Canvas& canvas, const Writing& writing, const Rect& box, Mark mark, Dice& dice) {
  Ticker ticker(canvas, writing, box, dice);
  switch (mark) {
    case Mark::none:
      break;
    case Mark::cross:
      return ticker.cross(0);
    case Mark::check:
      return ticker.check(0);
    case Mark::scribble:
      return ticker.scribble();
    case Mark::slash:
      return ticker.slash();
    case Mark::blob:
      return ticker.blob();
    case Mark::filled:
      ticker.press(0.6);
      return ticker.blacken(dice.uniform(-0.45, -0.15), 0.45);
    case Mark::leaving:
      return dice.chance(0.6) ? ticker.cross(dice.uniform(0.8, 2)) : ticker.check(dice.uniform(1.5, 5));
    case Mark::faint:
      return ticker.faint();
    case Mark::beside:
      return ticker.beside();
    case Mark::passing:
      return ticker.pass();
    case Mark::grazed:
      return ticker.graze();
    case Mark::struck:
      return ticker.strike();
    case Mark::blackened:
      ticker.cross(0);
      ticker.press(0.6);
      return ticker.blacken(dice.uniform(0.7, 1.2), 0.42);
    case Mark::circled:
      return ticker.circle();
  }
}

void stamp(Canvas& canvas, const Rect& where, const std::string& date, Dice& dice) {
  const double ink = dice.uniform(0.45, 0.8);
  Lettering lettering{"Liberation Sans", 3.4, true, ink, dice.around(0, 2.5)};
  const Point start{where.x + dice.uniform(4, where.w / 3), where.y + dice.uniform(4.2, 5.5)};
  canvas.write(start, "COURRIER ARRIVÉ LE", lettering);
  lettering.size = 4.2;
  canvas.write({start.x + 4, start.y + 5}, date, lettering);
}

void stamp_anywhere(Canvas& canvas, const Point& middle, const std::string& date, Dice& dice) {
  const double ink = dice.uniform(0.3, 0.65), angle = dice.around(0, 9);
  const Pen pen{dice.uniform(0.4, 0.8), ink};
  const double c = std::cos(angle * std::numbers::pi / 180), s = std::sin(angle * std::numbers::pi / 180);
  const auto at = [&](double x, double y) {
    return Point{middle.x + c * x - s * y, middle.y + s * x + c * y};
  };
  const auto words = [&](const std::string& text, double size, double y) {
    Lettering lettering{"Liberation Sans", size, true, ink, angle};
    canvas.write(at(-canvas.width(text, lettering) / 2, y), text, lettering);
  };
  if (dice.chance(0.3)) {
    ring_of(canvas, middle, 14, pen);
    ring_of(canvas, middle, 12.5, {0.3, ink});
    words("REÇU", 3.6, -4);
    words(date, 3.8, 1.5);
    words("COURRIER", 2.8, 7);
    return;
  }
  const double w = 23, h = 8.5;
  canvas.stroke({at(-w, -h), at(w, -h), at(w, h), at(-w, h), at(-w, -h), at(w, -h)}, pen);
  words(dice.chance(0.5) ? "REÇU LE" : "COURRIER ARRIVÉ LE", 3.6, -2.5);
  words(date, 4.6, 4.5);
}

}  // namespace workshop
