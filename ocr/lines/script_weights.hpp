// Written by models/workshop/handwriting/print_or_hand.py; do not edit.
// Fitted on 2788 lines (75 dot, 1092 hand, 923 real, 555 typed, 143 typewriter): seed 5101, 150 painted
// scans.
#pragma once

#include <array>

namespace ocr {

inline constexpr double script_base = 23.3676;
inline constexpr std::array<double, 10> script_weights{-1.7361, 1.0258,   -1.0706, -10.1765, 10.8456,
                                                       -9.5134, -22.5348, -0.3310, 0.4878,   -3.5491};

// Of two readings of a line, log-odds that the one by hand's reader is better: base, then the weights of the
// script's odds (-4..4) and of the log-odds of what print's and hand's reader say of themselves.
inline constexpr std::array<double, 4> choice_weights{-5.2742, 0.3806, -1.3576, 2.5715};

}  // namespace ocr
