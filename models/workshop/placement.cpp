#include "models/workshop/placement.hpp"

#include <cmath>
#include <numbers>

namespace workshop {

Point Placement::pulled(double y) const {
  Point sum;
  for (const Wave& wave : waves) {
    const double s = px_a_mm * std::sin(2 * std::numbers::pi * (y / px_a_mm / wave.period_mm + wave.phase));
    sum.x += wave.by.x * s, sum.y += wave.by.y * s;
  }
  return sum;
}

Point Placement::px(const Point& mm) const {
  const Point flat{even[0] * mm.x + even[1] * mm.y + even[2], even[3] * mm.x + even[4] * mm.y + even[5]};
  // A row shows what lies as far off as that row says: found by going back and forth, ever less.
  Point at = flat;
  for (int i = 0; i < 40; ++i) {
    const Point off = pulled(at.y);
    at = {flat.x + off.x, flat.y + off.y};
  }
  return {at.x, (at.y + 0.5) * rows - 0.5};
}

}  // namespace workshop
