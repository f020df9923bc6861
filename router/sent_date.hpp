// When a letter was sent: every clock starts on that day (domain rule 2.3).
#pragma once

#include "letter/filed.hpp"
#include "router/clocks.hpp"

namespace router {

// How old a written date may be at arrival and still be believed.
inline constexpr int plausible_days = 15;

// The date written on the letter when it lies within `plausible_days` before its arrival and not after
// it; else the arrival minus 3 jours ouvrables, the time that an ordinary letter takes.
letter::SentOn sent_on(const letter::ReadLetter& read, const ClockRules& rules);

// The earlier one. A case of several letters runs from the earliest; on the same day the stronger basis.
letter::SentOn earlier(const letter::SentOn& one, const letter::SentOn& other);

}  // namespace router
