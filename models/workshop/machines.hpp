// Text as machines with moving parts put it: a typewriter's types strike unevenly, a needle printer pricks
// dots.
#pragma once

#include <string>

#include "models/workshop/canvas.hpp"
#include "models/workshop/dice.hpp"

namespace workshop {

// Letter by letter: each a little high or low, dark or pale.
void strike_line(Canvas& canvas, const Point& start, const std::string& text, const Lettering& lettering,
                 Dice& dice);

// The face on a grid of `dots` to its em (8..24), a dot for each place that has ink.
void prick_line(Canvas& canvas, const Point& start, const std::string& text, const Lettering& lettering,
                int dots);

}  // namespace workshop
