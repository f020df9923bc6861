#include "models/workshop/mishap.hpp"

#include <algorithm>

namespace workshop {
namespace {

constexpr double px_300 = 25.4 / 300;  // mm

double either_way(double least, double most, Dice& dice) {
  return (dice.chance(0.5) ? 1 : -1) * dice.uniform(least, most);
}

// One to three waves that together reach `most` px at 300 dpi along the feed, half of it across.
std::vector<Wave> feed(double most, Dice& dice) {
  const int count = dice.between(1, 3);
  std::vector<Wave> waves;
  for (int i = 0; i < count; ++i) {
    const double share = px_300 * most / count;
    waves.push_back({{share * dice.uniform(-0.5, 0.5), share}, dice.uniform(60, 320), dice.unit()});
  }
  return waves;
}

void copy(Faults& faults, Dice& dice) {
  faults.copies = dice.between(1, 2);
  faults.toner = dice.uniform(-0.5, 1.1);
  faults.lid = dice.chance(0.6) ? dice.uniform(10, 90) : 255;
  faults.paper = dice.uniform(200, 250);
}

void tear(Faults& faults, Dice& dice) {
  const auto corner = static_cast<Corner>(dice.below(4));
  if (dice.chance(0.5))
    faults.cut_corner = {corner, dice.uniform(20, 55)};
  else
    faults.lost_patch = {corner, dice.uniform(15, 18)};
  if (dice.chance(0.5)) faults.lid = dice.uniform(20, 120);
}

void apply(Mishap mishap, Faults& faults, Dice& dice) {
  switch (mishap) {
    case Mishap::none:
      break;
    case Mishap::turned:
      faults.skew_deg = either_way(2, 10, dice);
      break;
    case Mishap::stretched:
      faults.stretch = dice.uniform(0.93, 1.03);
      break;
    case Mishap::sheared:
      faults.longer = either_way(0.003, 0.01, dice);
      faults.shear = either_way(0.003, 0.01, dice);
      break;
    case Mishap::wobbly:
      faults.waves = feed(dice.uniform(1.5, 3.5), dice);
      break;
    case Mishap::copied:
      copy(faults, dice);
      break;
    case Mishap::torn:
      tear(faults, dice);
      break;
    case Mishap::quartered:
      faults.turn_deg = 90 * dice.between(1, 3);
      break;
    case Mishap::fax:
      faults.rows_dpi = 100;
      break;
    case Mishap::all:
      for (const Mishap one : all_mishaps)
        if (one != Mishap::all && one != Mishap::fax && dice.chance(0.5)) apply(one, faults, dice);
      break;
  }
}

}  // namespace

std::string_view name_of(Mishap mishap) {
  static constexpr std::string_view names[] = {"none",   "turned", "stretched", "sheared", "wobbly",
                                               "copied", "torn",   "quartered", "fax",     "all"};
  return names[static_cast<std::size_t>(mishap)];
}

Faults faults_of(Mishap mishap, double dpi, Dice& dice) {
  Faults faults;
  faults.skew_deg = dice.uniform(-1.5, 1.5);
  faults.stretch = dice.uniform(0.995, 1.005);
  faults.shift = {dice.around(0, 1.2), dice.around(0, 1.2)};
  faults.waves = feed(1, dice);
  const bool two_tones = dice.chance(0.5);
  faults.blur = dice.chance(0.6) ? dice.uniform(0.3, 0.9) * dpi / 300 : 0;
  faults.noise = dice.uniform(1, two_tones ? 16 : 8);
  faults.paper = dice.uniform(225, 255);
  faults.specks = dice.chance(0.4) ? dice.below(150) : 0;
  const double black_below = dice.uniform(0.45, 0.75);  // of the paper's light
  if (dice.chance(0.3)) {
    faults.folds = {99 + dice.around(0, 2), 198 + dice.around(0, 2)};
    faults.fold_depth = dice.uniform(15, 70);
  }
  apply(mishap, faults, dice);
  if (two_tones || mishap == Mishap::fax) faults.threshold = static_cast<int>(black_below * faults.paper);
  faults.cropped = std::abs(faults.skew_deg) < 1 && dice.chance(0.5);
  return faults;
}

}  // namespace workshop
