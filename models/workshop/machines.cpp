#include "models/workshop/machines.hpp"

#include <algorithm>
#include <cmath>

#include "letter/result.hpp"

namespace workshop {
namespace {

// How many bytes the UTF-8 character at `at` has.
std::size_t length_at(const std::string& text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end - at;
}

}  // namespace

void strike_line(Canvas& canvas, const Point& start, const std::string& text, const Lettering& lettering,
                 Dice& dice) {
  const double pitch = canvas.width("n", lettering);
  double x = start.x;
  for (std::size_t at = 0, bytes = 0; at < text.size(); at += bytes, x += pitch) {
    bytes = length_at(text, at);
    if (text[at] == ' ') continue;
    Lettering one = lettering;
    one.ink *= dice.chance(0.08) ? dice.uniform(0.55, 0.75) : dice.uniform(0.82, 1);
    const Point place{x + dice.around(0, 0.03), start.y + dice.around(0, 0.06)};
    canvas.write(place, text.substr(at, bytes), one);
  }
}

void prick_line(Canvas& canvas, const Point& start, const std::string& text, const Lettering& lettering,
                int dots) {
  ENSURE(dots >= 8 && dots <= 24);
  // Drawn small, so that a pixel is a place of a needle.
  const double px_mm = dots / lettering.size;
  const double wide = canvas.width(text, lettering) + 2 / px_mm;
  Canvas grid(Medium::pixels, wide, 2 * lettering.size, px_mm * 25.4);
  const double baseline = std::round(1.3 * dots) / px_mm;
  Lettering plain = lettering;
  plain.ink = 1;
  grid.write({0, baseline}, text, plain);
  const Raster small = grid.raster();
  std::vector<Point> pricks;
  for (int y = 0; y < small.height; ++y)
    for (int x = 0; x < small.width; ++x)
      if (small.grey[static_cast<std::size_t>(y) * static_cast<std::size_t>(small.width) +
                     static_cast<std::size_t>(x)] < 128)
        pricks.push_back({start.x + (x + 0.5) / px_mm, start.y - baseline + (y + 0.5) / px_mm});
  canvas.dots(pricks, std::max(0.2, 1.15 / px_mm), lettering.ink);
}

}  // namespace workshop
