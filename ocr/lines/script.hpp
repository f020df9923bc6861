// Whether a line was printed (any machine) or written by hand: told from its strokes, before it is read.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "letter/reading.hpp"
#include "ocr/lines/rows.hpp"

namespace ocr {

// What machines and hands do differently, each about -1..1 for usual lines; lengths count in heights of small
// letters, so that size and resolution say nothing.
inline constexpr std::size_t script_signs = 10;
using ScriptSigns = std::array<double, script_signs>;

ScriptSigns signs_of(const Row& row);

// Log-odds that a hand wrote it: above 0, rather a hand. Fitted by
// models/workshop/handwriting/print_or_hand.py (ocr/lines/script_weights.hpp says on what); `scripts/bench
// script` measures it on other faces and writers.
double hand_odds(const ScriptSigns& signs);

struct LineOdds {
  double odds = 0;    // by its strokes alone
  double length = 0;  // in heights of its small letters: the shorter, the less its strokes can tell
};
LineOdds odds_of(const Row& row);

// A sheet is mostly of one hand or of one machine: each line's own odds, moved by what the others say.
std::vector<double> among_others(const std::vector<LineOdds>& own);

// Two readings of one line.
struct Readings {
  double odds = 0;                         // that a hand wrote it
  letter::Confidence print = 0, hand = 0;  // what either reader says of itself
};
// Whether the reading by hand's reader is likely the better. Fitted with the above.
bool prefers_hand(const Readings& readings);

}  // namespace ocr
