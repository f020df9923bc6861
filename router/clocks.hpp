// The clocks the regulator watches, as pure functions of dates. Rules: ACPR 2024-R-02 (10 jours
// ouvrables to acknowledge, 2 months to answer, both from sending), CPC 641 (the day itself does not
// count; months end on the same quantième, else the last day), L612-2 C. conso (mediation 1 year).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "letter/filed.hpp"
#include "router/calendar.hpp"

namespace router {

struct ClockRules {
  bool ack_counts_saturdays = true;  // jours ouvrables are Monday-Saturday
  bool prorogation = false;          // CPC 642 on the answer date
  Calendar calendar;
};

// What the settings say of them.
struct RuleSettings {
  bool ack_counts_saturdays = true, prorogation = false;
  std::string region;
  std::vector<std::string> worked_holidays;  // ISO dates, or "whit_monday"
};
// Fault config.worked_holiday: one of them is neither.
letter::Result<ClockRules> clock_rules(const RuleSettings& settings);

// The name stored with every deadline: "FR-2024-R-02/1", plus each switch that is not the default.
std::string rule_set(const ClockRules& rules);

// The n-th jour ouvrable (or ouvré) after `day`, which itself does not count.
letter::Day add_jours_ouvrables(letter::Day day, int n, const ClockRules& rules);
// Minus n jours ouvrables (arrival minus 3: when a letter was probably sent).
letter::Day subtract_jours_ouvrables(letter::Day day, int n, const ClockRules& rules);
letter::Day add_months(letter::Day day, int months);  // clamped to the month's last day
// Last Monday-Friday that is no holiday and not after `due`: when paper must leave.
letter::Day post_by(letter::Day due, const Calendar& calendar);

// An earlier written complaint of the same matter, to whomever it went, has begun the two months and opens
// mediation; the acknowledgement is due for the letter in hand (domain rules 1.3.5 and 1.5).
letter::Deadlines deadlines(letter::Day sent, const ClockRules& rules,
                            std::optional<letter::Day> first_complaint = std::nullopt);

}  // namespace router
