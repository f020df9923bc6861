#include "models/workshop/paper.hpp"

#include <algorithm>
#include <cmath>

namespace workshop {
namespace {

// Smooth noise 0..1, the same everywhere for the same throw.
class Grain {
 public:
  Grain(double mm, double dpi, Dice& dice) : step_(25.4 / dpi / mm), cells_(side * side) {
    for (float& one : cells_) one = static_cast<float>(dice.unit());
  }
  double at(int x, int y) const {
    const double u = x * step_, v = y * step_;
    const double iu = std::floor(u), iv = std::floor(v), fu = u - iu, fv = v - iv;
    const auto cell = [&](double a, double b) {
      return cells_[(static_cast<unsigned>(b) % side) * side + static_cast<unsigned>(a) % side];
    };
    const double upper = cell(iu, iv) * (1 - fu) + cell(iu + 1, iv) * fu;
    const double lower = cell(iu, iv + 1) * (1 - fu) + cell(iu + 1, iv + 1) * fu;
    return upper * (1 - fv) + lower * fv;
  }

 private:
  static constexpr unsigned side = 128;
  double step_;
  std::vector<float> cells_;
};

// What is left of the ink, by place. `kept`: (x, y) px -> 0..1.
template <class Kept>
void thin(Raster& ink, Kept kept) {
  std::size_t i = 0;
  for (int y = 0; y < ink.height; ++y)
    for (int x = 0; x < ink.width; ++x, ++i)
      if (const int dark = 255 - ink.grey[i]; dark > 0)
        ink.grey[i] = static_cast<std::uint8_t>(255 - dark * std::clamp(kept(x, y), 0.0, 1.0));
}

void wear_print(Raster& ink, Tool tool, double difficulty, Dice& dice) {
  if (!dice.chance(0.6 * difficulty)) return;
  const double mm = ink.dpi / 25.4, depth = dice.uniform(0.15, 0.5);
  if (tool == Tool::inkjet) {  // a nozzle that is dry
    const double pitch = dice.uniform(1.4, 3) * mm;
    thin(ink, [&](int, int y) { return std::fmod(y, pitch) < 0.14 * mm ? 1 - depth : 1; });
    return;
  }
  const double middle = dice.uniform(20, 190) * mm, reach = dice.uniform(4, 15) * mm;  // toner runs out
  thin(ink, [&](int x, int) { return 1 - depth * std::exp(-(x - middle) * (x - middle) / (reach * reach)); });
}

}  // namespace

std::string_view id(PaperKind paper) {
  static constexpr std::string_view ids[] = {"blank", "ruled", "squared"};
  return ids[static_cast<std::size_t>(paper)];
}

void wear(Raster& ink, Tool tool, double difficulty, Dice& dice) {
  switch (tool) {
    case Tool::laser:
    case Tool::inkjet:
      return wear_print(ink, tool, difficulty, dice);
    case Tool::felt:
      return;
    case Tool::ribbon: {
      const Grain fine(0.14, ink.dpi, dice), slow(25, ink.dpi, dice);
      const double worn = 0.2 + 0.25 * difficulty;
      return thin(ink, [&](int x, int y) {
        return 1.1 - worn * (1.4 * fine.at(x, y) * fine.at(x, y) + 0.5 * slow.at(x, y));
      });
    }
    case Tool::needles: {
      const Grain slow(30, ink.dpi, dice);
      return thin(ink, [&](int x, int y) { return 1 - (0.1 + 0.25 * difficulty) * slow.at(x, y); });
    }
    case Tool::ballpoint_black:
    case Tool::ballpoint_blue: {
      if (difficulty <= 0) return;
      const Grain fine(0.22, ink.dpi, dice);
      return thin(ink, [&](int x, int y) { return 1 - 0.3 * difficulty * fine.at(x, y); });
    }
    case Tool::failing_pen: {
      const Grain slow(9, ink.dpi, dice);
      return thin(ink, [&](int x, int y) { return 0.5 + 0.8 * slow.at(x, y); });
    }
    case Tool::pencil: {
      const Grain fine(0.11, ink.dpi, dice);
      return thin(ink, [&](int x, int y) { return 0.6 + 0.6 * fine.at(x, y); });
    }
  }
}

Raster Sheet::finished(const Writing& writing, double difficulty, Dice& dice) {
  Raster page = print.raster();
  Raster written = ink.raster();
  wear(written, writing.tool, difficulty, dice);
  for (std::size_t i = 0; i < page.grey.size(); ++i)
    if (written.grey[i] < 255) page.grey[i] = static_cast<std::uint8_t>(page.grey[i] * written.grey[i] / 255);
  return page;
}

void draw_rules(Canvas& canvas, PaperKind paper, double top, double pitch, Dice& dice) {
  if (paper == PaperKind::blank) return;
  const Pen pen{dice.uniform(0.1, 0.22), dice.uniform(0.15, 0.42)};
  constexpr double wide = 210, high = 297;
  const bool squared = paper == PaperKind::squared;
  double first = top;
  while (squared && first > pitch) first -= pitch;
  for (double y = first; y < high; y += pitch) canvas.stroke({{0, y}, {wide, y}}, pen);
  if (squared)
    for (double x = pitch / 2; x < wide; x += pitch) canvas.stroke({{x, 0}, {x, high}}, pen);
  else if (dice.chance(0.5))  // the margin
    canvas.stroke({{17, 0}, {17, high}}, pen);
}

}  // namespace workshop
