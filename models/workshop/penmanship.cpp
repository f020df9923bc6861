#include "models/workshop/penmanship.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "models/workshop/machines.hpp"

namespace workshop {
namespace {

const std::vector<Face>& faces_of(const Stock& stock, Manner manner) {
  switch (manner) {
    case Manner::typed:
      return stock.typed;
    case Manner::typewriter:
      return stock.typewriter;
    case Manner::dot:
      return stock.dot;
    case Manner::hand:
      return stock.hands;
  }
  return stock.typed;
}

Tool tool_of(const WritingOrder& order, Dice& dice) {
  switch (order.manner) {
    case Manner::typed:
      return dice.chance(0.4 * order.difficulty) ? Tool::inkjet : Tool::laser;
    case Manner::typewriter:
      return Tool::ribbon;
    case Manner::dot:
      return Tool::needles;
    case Manner::hand:
      break;
  }
  const double fate = dice.unit();
  if (fate < 0.12) return Tool::felt;
  if (fate < 0.12 + 0.16 * order.difficulty) return Tool::pencil;
  if (fate < 0.12 + 0.28 * order.difficulty) return Tool::failing_pen;
  return dice.chance(0.5) ? Tool::ballpoint_blue : Tool::ballpoint_black;
}

double ink_of(Tool tool, Dice& dice) {
  switch (tool) {
    case Tool::laser:
    case Tool::inkjet:
      return dice.uniform(0.88, 1);
    case Tool::ribbon:
    case Tool::needles:
      return dice.uniform(0.75, 0.95);
    case Tool::ballpoint_black:
    case Tool::felt:
      return dice.uniform(0.82, 1);
    case Tool::ballpoint_blue:
    case Tool::failing_pen:
      return dice.uniform(0.66, 0.85);
    case Tool::pencil:
      return dice.uniform(0.45, 0.7);
  }
  return 1;
}

// A word as the pen first had it: some letters of it, one of them wrong.
std::string slip_of(const std::string& word, Dice& dice) {
  static constexpr std::string_view letters = "aeinorstul";
  std::string slip = word.substr(0, std::max<std::size_t>(2, word.size() - dice.below(3)));
  slip[dice.below(static_cast<std::uint32_t>(slip.size()))] =
      letters[dice.below(static_cast<std::uint32_t>(letters.size()))];
  return slip;
}

void cross_out(Canvas& canvas, const Rect& word, const Pen& pen, Dice& dice) {
  const auto near = [&](double across, double down) {
    return Point{word.x + word.w * across + dice.around(0, 0.3),
                 word.y + word.h * down + dice.around(0, word.h * 0.06)};
  };
  const auto kind = dice.below(3);
  if (kind < 2)
    for (std::uint32_t i = 0; i <= kind; ++i)
      canvas.curve({near(-0.03, 0.45 + 0.25 * i), near(0.5, 0.5 + 0.1 * i), near(1.03, 0.5 + 0.2 * i)}, pen);
  else {
    std::vector<Point> zigzag;
    const int turns = std::max(4, static_cast<int>(word.w / 1.1));
    for (int i = 0; i <= turns; ++i)
      zigzag.push_back(near(static_cast<double>(i) / turns, i % 2 ? 0.1 : 0.9));
    canvas.curve(zigzag, pen);
  }
}

void write_by_hand(Canvas& canvas, const Writing& writing, const Point& start, const std::string& text,
                   double size, Dice& dice) {
  Lettering lettering = lettering_of(writing, size);
  const double care = writing.carelessness;
  const double slope =
      writing.slope + dice.around(0, 0.004 + 0.003 * care);  // the line drifts, its words bob
  const double space = canvas.width("n n", lettering) - canvas.width("nn", lettering);
  std::istringstream words(as_written(writing, text));
  double x = start.x;
  for (std::string word; words >> word;) {
    lettering.tilt_deg = dice.around(0, 0.5 + care);
    const double y = start.y + slope * (x - start.x) + dice.around(0, size * (0.03 + 0.03 * care));
    const double advance = canvas.write({x, y}, word, lettering);
    if (word.front() == crossed_out)
      cross_out(canvas, {x, y - 0.62 * size, advance, 0.7 * size}, {0.3 + writing.swell, writing.ink}, dice);
    x += advance + space * dice.uniform(0.85, 1.1);
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

}  // namespace

std::string_view id(Manner manner) {
  static constexpr std::string_view ids[] = {"typed", "typewriter", "dot", "hand"};
  return ids[static_cast<std::size_t>(manner)];
}

std::optional<Manner> manner_of(std::string_view word) {
  for (const Manner manner : {Manner::typed, Manner::typewriter, Manner::dot, Manner::hand})
    if (id(manner) == word) return manner;
  return std::nullopt;
}

Writing writing_of(const Stock& stock, const WritingOrder& order, Dice& dice) {
  Writing writing;
  writing.manner = order.manner;
  writing.hand = order.manner == Manner::hand;
  writing.face = dice.pick(among(faces_of(stock, order.manner), order.faces));
  writing.capitals = writing.face;
  writing.tool = tool_of(order, dice);
  writing.ink = ink_of(writing.tool, dice);
  const double hard = order.difficulty;
  if (!writing.hand) return writing;
  if (dice.chance(0.5)) writing.capitals = dice.pick(among(stock.capitals, order.faces));
  writing.swell = writing.tool == Tool::felt ? dice.uniform(0.15, 0.4) : hard * dice.uniform(0, 0.12);
  writing.slant = hard * dice.around(0, 0.1);
  writing.wide = 1 + hard * dice.around(0, 0.1);
  writing.slope = hard * dice.around(0, 0.009);
  writing.carelessness = hard * dice.unit();
  return writing;
}

std::string as_written(const Writing& writing, std::string text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> otherwise{{{"’", "'"},
                                                                                            {"œ", "oe"},
                                                                                            {"Œ", "Oe"},
                                                                                            {"–", "-"},
                                                                                            {"€", "euros"},
                                                                                            {"«", "\""},
                                                                                            {"»", "\""},
                                                                                            {"°", "o"},
                                                                                            {"ÿ", "y"},
                                                                                            {"&", "et"}}};
  if (writing.hand) replace_all(text, "’", "'");
  for (const auto& [sign, instead] : otherwise)
    if (writing.face.lacks.find(sign) != std::string::npos) replace_all(text, sign, instead);
  return text;
}

std::string with_slips(const Writing& writing, const std::string& text, Dice& dice) {
  if (!writing.hand || writing.carelessness <= 0) return text;
  std::string out, word;
  for (const char c : text + "\n") {
    if (c != ' ' && c != '\n') {
      word.push_back(c);
      continue;
    }
    const bool plain = std::all_of(word.begin(), word.end(), [](char l) { return l >= 'a' && l <= 'z'; });
    if (plain && word.size() > 3 && dice.chance(0.04 * writing.carelessness))
      out += crossed_out + slip_of(word, dice) + " ";
    out += word + c;
    word.clear();
  }
  out.pop_back();
  return out;
}

Lettering lettering_of(const Writing& writing, double size) {
  Lettering lettering{writing.face.family, size * writing.face.scale, false, writing.ink};
  lettering.slant = writing.slant;
  lettering.wide = writing.wide;
  lettering.swell = writing.swell;
  return lettering;
}

void write_line(Canvas& canvas, const Writing& writing, const Point& start, const std::string& text,
                double size, Dice& dice) {
  switch (writing.manner) {
    case Manner::typed:
      canvas.write(start, as_written(writing, text), lettering_of(writing, size));
      break;
    case Manner::typewriter:
      strike_line(canvas, start, as_written(writing, text), lettering_of(writing, size), dice);
      break;
    case Manner::dot:
      prick_line(canvas, start, as_written(writing, text), lettering_of(writing, size), writing.face.dots);
      break;
    case Manner::hand:
      write_by_hand(canvas, writing, start, text, size, dice);
      break;
  }
}

void write_cell(Canvas& canvas, const Writing& writing, const Rect& cell, const std::string& letter,
                Dice& dice) {
  Lettering lettering = lettering_of(writing, 4.4);
  lettering.family = writing.capitals.family;
  lettering.size = 4.4 * writing.capitals.scale;
  Point start{0, cell.y + cell.h - 1.3};
  double off = 0;
  if (writing.hand) {
    const double care = writing.carelessness;
    lettering.size *= 0.93 + 0.03 * dice.below(5) + 0.08 * care;  // few sizes: each is a font to be found
    lettering.tilt_deg = dice.around(0, 3 + 3 * care);
    off = dice.around(0, 0.22 + 0.45 * care);
    start.y += dice.around(0, 0.2 + 0.4 * care);
  }
  const double across = canvas.width(letter, lettering);
  // A hand that is too broad for the cell makes itself narrow.
  if (writing.hand && across > 1.05 * cell.w) lettering.wide *= 1.05 * cell.w / across;
  start.x = cell.x + (cell.w - canvas.width(letter, lettering)) / 2 + off;
  if (writing.manner == Manner::typewriter)
    strike_line(canvas, start, letter, lettering, dice);
  else if (writing.manner == Manner::dot)
    prick_line(canvas, start, letter, lettering, writing.face.dots);
  else
    canvas.write(start, letter, lettering);
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

}  // namespace workshop
