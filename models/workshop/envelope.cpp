// The outside of an envelope, as the mail room scans it before the letter: address in its window or written,
// stamp, postmark, and the label of a registered letter.
#include <cmath>
#include <numbers>

#include "models/workshop/code_128.hpp"
#include "models/workshop/sheets.hpp"

namespace workshop {
namespace {

constexpr double wide = 220, high = 110;  // mm, the long envelope

void postage(Canvas& canvas, Dice& dice) {
  const Rect stamp{188, 8, 22, 27};
  canvas.outline(stamp, {0.3, 0.7});
  canvas.fill({stamp.x + 2, stamp.y + 2, stamp.w - 4, stamp.h - 9}, dice.uniform(0.25, 0.5));
  canvas.write({stamp.x + 2, stamp.y + stamp.h - 3}, "LETTRE VERTE", {"Liberation Sans", 2.2, true, 0.9});
}

// A ring with place and day, and waves that run over the stamp. The answer: whether anyone can read it.
bool postmark(Canvas& canvas, const Desk& desk) {
  Dice& dice = desk.dice;
  const double ink = dice.uniform(0.2, 0.85);
  const Point middle{162 + dice.around(0, 4), 22 + dice.around(0, 3)};
  std::vector<Point> ring;
  for (int i = 0; i <= 24; ++i)
    ring.push_back({middle.x + 12 * std::cos(i * std::numbers::pi / 12),
                    middle.y + 12 * std::sin(i * std::numbers::pi / 12)});
  canvas.curve(ring, {0.5, ink});
  const auto write = [&](const std::string& text, double size, double y) {
    Lettering lettering{"Liberation Sans", size, true, ink};
    canvas.write({middle.x - canvas.width(text, lettering) / 2, middle.y + y}, text, lettering);
  };
  write("LA POSTE", 2.6, -5);
  write(letter::french(desk.telling.written), 3.2, 1.2);
  write(desk.telling.sender.town.postcode, 2.8, 6.5);
  for (int wave = 0; wave < 5; ++wave) {
    std::vector<Point> line;
    for (int i = 0; i <= 12; ++i)
      line.push_back({middle.x + 14 + 2.5 * i, middle.y - 8 + 4 * wave + (i % 2 ? 1.0 : -1.0)});
    canvas.curve(line, {0.5, ink});
  }
  return ink > 0.5;
}

// What a house's franking machine prints in the stamp's place: two columns of small print, no ring.
void franking(Canvas& canvas, const Desk& desk) {
  Dice& dice = desk.dice;
  const std::string year = letter::iso(desk.telling.written).substr(2, 2),
                    day = letter::french(desk.telling.written);
  const std::string written = dice.chance(0.5) ? day : day.substr(0, 2) + "-" + day.substr(3, 2) + "-" + year;
  const Lettering print{"Liberation Mono", dice.uniform(2.6, 3.4), true, dice.uniform(0.55, 1)};
  const double x = 140 + dice.around(0, 3), y = 14 + dice.around(0, 2), line = 1.7 * print.size;
  canvas.outline({x + 42, y - 6, 24, 22}, {0.4, print.ink});
  canvas.write({x + 44, y + 2}, "LA POSTE", print);
  canvas.write({x + 44, y + 2 + line}, "€ 1,43", print);
  canvas.write({x, y}, written, print);
  canvas.write({x, y + line}, "HK " + std::to_string(100000 + dice.below(899999)), print);
  desk.truth.franking = letter::iso(desk.telling.written);
}

std::string registered_label(Canvas& canvas, const Desk& desk) {
  Dice& dice = desk.dice;
  std::string number = "2C";
  for (int i = 0; i < 11; ++i) number.push_back(static_cast<char>('0' + dice.below(10)));
  const Rect label{12, 62, 78, 36};
  canvas.fill(label, 0);
  canvas.outline(label, {0.4, 1});
  canvas.write({label.x + 4, label.y + 6}, "RECOMMANDÉ AVEC AR", {"Liberation Sans", 4, true, 1});
  draw_code_128(canvas, {label.x + 8, label.y + 10, label.w - 16, 15}, number);
  canvas.write({label.x + 14, label.y + 31}, number, {"Liberation Mono", 3.6, false, 1});
  if (dice.chance(0.5)) {
    canvas.write({label.x + 14, label.y + 35}, "Déposé le " + letter::french(desk.telling.written),
                 {"Liberation Sans", 2.8, false, 1});
    desk.truth.deposit = letter::iso(desk.telling.written);
  }
  return number;
}

}  // namespace

Raster envelope(Desk& desk, const Stock& stock) {
  Sheet sheet(wide, high, desk.dpi);
  const Sender& sender = desk.telling.sender;
  if (desk.dice.chance(0.4)) {
    double y = 12;
    for (const std::string& line : {sender.first_name + " " + sender.last_name, sender.street,
                                    sender.town.postcode + " " + sender.town.name})
      write_line(sheet.ink, desk.writing, {10, y}, line, 3.2, desk.dice), y += 5;
  }
  double y = 58;
  for (const std::string& line : stock.recipients[static_cast<std::size_t>(desk.telling.story.queue)])
    write_line(sheet.ink, desk.writing, {108, y}, line, 4.6, desk.dice), y += 8;
  desk.truth.envelope = true;
  if (desk.dice.chance(0.35)) {
    franking(sheet.print, desk);
  } else {
    postage(sheet.print, desk.dice);
    if (postmark(sheet.print, desk)) desk.truth.postmark = letter::iso(desk.telling.written);
  }
  if (desk.dice.chance(0.4)) desk.truth.registered = registered_label(sheet.print, desk);
  return sheet.finished(desk.writing, desk.difficulty, desk.dice);
}

}  // namespace workshop
