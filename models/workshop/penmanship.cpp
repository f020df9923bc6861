#include "models/workshop/penmanship.hpp"

#include <sstream>

namespace workshop {

Writing writing_of(const Stock& stock, bool hand, Dice& dice) {
  Writing writing;
  writing.hand = hand;
  writing.face = dice.pick(hand ? stock.hands : stock.typed);
  writing.ink = hand ? dice.uniform(0.72, 1) : dice.uniform(0.88, 1);
  writing.tick_style = dice.chance(0.6) ? 0 : dice.between(1, 2);
  return writing;
}

std::string as_written(const Writing& writing, std::string text) {
  static constexpr std::string_view curly = "’";
  if (!writing.hand) return text;
  for (std::size_t at = 0; (at = text.find(curly, at)) != std::string::npos;)
    text.replace(at, curly.size(), 1, '\'');
  return text;
}

void write_line(Canvas& canvas, const Writing& writing, const Point& start, const std::string& text,
                double size, Dice& dice) {
  Lettering lettering{writing.face.family, size * writing.face.scale, false, writing.ink};
  if (!writing.hand) {
    canvas.write(start, text, lettering);
    return;
  }
  const double slope = dice.around(0, 0.004);  // the line drifts, the words bob on it
  const double space = canvas.width("n n", lettering) - canvas.width("nn", lettering);
  std::istringstream words(as_written(writing, text));
  double x = start.x;
  for (std::string word; words >> word;) {
    lettering.tilt_deg = dice.around(0, 0.5);
    const double y = start.y + slope * (x - start.x) + dice.around(0, size * 0.03);
    x += canvas.write({x, y}, word, lettering) + space * dice.uniform(0.85, 1.1);
  }
}

void write_cell(Canvas& canvas, const Writing& writing, const Rect& cell, const std::string& letter,
                Dice& dice) {
  Lettering lettering{writing.face.family, 4.4 * writing.face.scale, false, writing.ink};
  Point start{0, cell.y + cell.h - 1.3};
  double off = 0;
  if (writing.hand) {
    lettering.size *= 0.93 + 0.03 * dice.below(5);  // few sizes: each is a font to be found
    lettering.tilt_deg = dice.around(0, 3);
    off = dice.around(0, 0.22);
    start.y += dice.around(0, 0.2);
  }
  start.x = cell.x + (cell.w - canvas.width(letter, lettering)) / 2 + off;
  canvas.write(start, letter, lettering);
}

void tick(Canvas& canvas, const Writing& writing, const Rect& box, Dice& dice) {
  const double wobble = writing.hand ? 0.35 : 0.08;
  const auto near = [&](double across, double down) {
    return Point{box.x + box.w * across + dice.around(0, wobble),
                 box.y + box.h * down + dice.around(0, wobble)};
  };
  const Pen pen{writing.hand ? dice.uniform(0.35, 0.6) : 0.5, writing.ink};
  if (writing.tick_style == 0) {
    canvas.curve({near(0.08, 0.1), near(0.5, 0.5), near(0.92, 0.92)}, pen);
    canvas.curve({near(0.92, 0.08), near(0.5, 0.5), near(0.08, 0.92)}, pen);
  } else if (writing.tick_style == 1) {
    canvas.curve({near(0.1, 0.5), near(0.38, 0.9)}, pen);
    canvas.curve({near(0.38, 0.9), near(0.7, 0.35), near(1.1, -0.15)}, pen);
  } else {
    std::vector<Point> zigzag;
    for (int i = 0; i <= 9; ++i) zigzag.push_back(near(0.08 + 0.84 * (i % 2), 0.08 + 0.84 * i / 9.0));
    canvas.curve(zigzag, pen);
  }
}

void sign(Canvas& canvas, const Rect& where, Dice& dice) {
  const Pen pen{dice.uniform(0.3, 0.55), dice.uniform(0.75, 1)};
  std::vector<Point> loops;
  const int count = dice.between(7, 13);
  for (int i = 0; i < count; ++i) {
    const double across = where.x + where.w * (0.1 + 0.65 * i / count);
    const double up = i % 2 ? dice.uniform(0.15, 0.45) : dice.uniform(0.5, 0.8);
    loops.push_back({across + dice.around(0, 1.5), where.y + where.h * up});
  }
  canvas.curve(loops, pen);
  if (dice.chance(0.6)) {  // underlined
    const double y = where.y + where.h * 0.82;
    canvas.curve({{where.x + where.w * 0.15, y},
                  {where.x + where.w * 0.5, y - 1},
                  {where.x + where.w * 0.85, y - 2.5}},
                 pen);
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

}  // namespace workshop
