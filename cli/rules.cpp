#include "cli/rules.hpp"

namespace cli {

letter::Result<router::ClockRules> clock_rules(const belt::Rules& rules) {
  router::ClockRules made;
  made.ack_counts_saturdays = rules.ack_counts_saturdays;
  made.prorogation = rules.prorogation;
  made.calendar.region = rules.region;
  for (const auto& worked : rules.worked_holidays) {
    if (worked == "whit_monday") {
      made.calendar.whit_monday_worked = true;
    } else if (const auto day = letter::parse_day(worked)) {
      made.calendar.worked.push_back(*day);
    } else {
      return letter::fault("config.worked_holiday",
                           "rules.worked_holidays attend des dates AAAA-MM-JJ ou « whit_monday ».",
                           "rules.worked_holidays expects dates YYYY-MM-DD or \"whit_monday\".");
    }
  }
  return made;
}

}  // namespace cli
