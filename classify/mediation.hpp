// Is the dispute referred to the mediator now, or is that only a threat (policy R7, R7b)? Pure.
#pragma once

#include <vector>

#include "classify/evidence.hpp"

namespace classify {

enum class Referral { none, question, named, threatened, referred };

// Judged sentence by sentence; the strongest wins, as ordered above. `words_found` is
// the sentence's words that decided.
struct MediationView {
  Referral referral = Referral::none;
  std::string words_found;
};
MediationView mediation_view(const Words& words, const Rules& rules);

// The same as evidence (0 or 1 of it).
std::vector<Signal> mediation_signals(const Words& words, const Rules& rules);

}  // namespace classify
