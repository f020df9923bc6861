// What of a case's clocks wants attention on a day (domain rule 6.4): an acknowledgement with 4 jours
// ouvrables or fewer left, an answer with 21 days or fewer, and when the holding letter must leave.
#pragma once

#include "letter/errand.hpp"
#include "router/clocks.hpp"

namespace router {

// Growing urgency.
enum class Alarm {
  none,
  answer_in_21_days,       // 21 days or fewer until the answer is due
  acknowledge_soon,        // 4 jours ouvrables or fewer until the acknowledgement is due
  answer_in_10_days,       // 10 days or fewer
  acknowledge_now,         // 1 jour ouvrable or none
  redirection_must_leave,  // another body must answer, and its author was not told
  holding_must_leave,      // 5 jours ouvrés or fewer until the answer is due, and nothing was promised
  late,                    // what had to leave has not
};
std::string_view id(Alarm);
std::string_view french(Alarm);  // "" for none

// Of an open case whose clock runs, as its row says.
Alarm alarm_of(const letter::CaseRow& row, letter::Day today, const ClockRules& rules);

}  // namespace router
