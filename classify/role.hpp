// Who writes (policy R13): an adherent company, or a person and those who act for one. Pure.
#pragma once

#include <vector>

#include "classify/evidence.hpp"

namespace classify {

// From which fields of the form are filled: an employee may name the employer, so a company's name
// speaks only where no person is named. Words and the QUAL_ ticks are heard elsewhere (evidence.hpp).
std::vector<Signal> role_signals(const letter::ReadLetter& read, const Rules& rules);

// From the pronouns: who says "nous" and never "je" is likely a company, if only likely.
std::vector<Signal> pronoun_signals(const Words& words, const Rules& rules);

}  // namespace classify
