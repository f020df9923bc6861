// Edges of ink: at which angle the tops and the bottoms of what is written line up.
#pragma once

#include "page/bits.hpp"

namespace page {

struct LineUp {
  double deg = 0;       // positive = turned clockwise
  double strength = 0;  // the best angle's score against the usual angle's; 1 = no angle stands out
  // Degrees between what several readings of the same edges say: many lines against long lines, tops
  // against bottoms, and another angle that fits as well, where there is one.
  double doubt_deg = 90;
};

// Looks at -16..16 degrees. `bits` of 100 to 240 dpi; fewer than 64 pixels a side say nothing.
LineUp line_up(const Bits& bits);

// The strength alone, from half the resolution, without streaks and rules that run straight along the page:
// to compare the two ways that lines may run.
double line_strength(const Bits& bits);

}  // namespace page
