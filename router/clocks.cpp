#include "router/clocks.hpp"

namespace router {

using letter::Day;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

Day step(Day from, int n) { return Day{sys_days{from} + days{n}}; }

// CPC 642: a period that would end on a Saturday, a Sunday or a holiday ends on the next day that is none.
Day prorogued(Day due, const Calendar& calendar) {
  while (!is_jour_ouvre(due, calendar)) due = step(due, 1);
  return due;
}

std::string joined(const std::vector<Day>& dates) {
  std::string all;
  for (const Day& date : dates) all += (all.empty() ? "" : ",") + letter::iso(date);
  return all;
}

}  // namespace

letter::Result<ClockRules> clock_rules(const RuleSettings& settings) {
  ClockRules made;
  made.ack_counts_saturdays = settings.ack_counts_saturdays;
  made.prorogation = settings.prorogation;
  made.calendar.region = settings.region;
  for (const auto& worked : settings.worked_holidays) {
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

std::string rule_set(const ClockRules& rules) {
  std::string name = "FR-2024-R-02/1";
  if (!rules.ack_counts_saturdays) name += ";ack=jours_ouvres";
  if (rules.prorogation) name += ";prorogation=CPC642";
  if (!rules.calendar.region.empty()) name += ";region=" + rules.calendar.region;
  if (rules.calendar.whit_monday_worked) name += ";worked=whit_monday";
  if (!rules.calendar.worked.empty()) name += ";worked=" + joined(rules.calendar.worked);
  if (!rules.calendar.also.empty()) name += ";also=" + joined(rules.calendar.also);
  return name;
}

Day add_jours_ouvrables(Day from, int n, const ClockRules& rules) {
  while (n > 0) {
    from = step(from, 1);
    const bool counts = rules.ack_counts_saturdays ? is_jour_ouvrable(from, rules.calendar)
                                                   : is_jour_ouvre(from, rules.calendar);
    if (counts) --n;
  }
  return from;
}

Day subtract_jours_ouvrables(Day from, int n, const ClockRules& rules) {
  while (n > 0) {
    from = step(from, -1);
    // The post works on Saturdays whatever the house counts for its acknowledgements.
    if (is_jour_ouvrable(from, rules.calendar)) --n;
  }
  return from;
}

Day add_months(Day from, int months) {
  const Day same_quantieme = from + std::chrono::months{months};
  if (same_quantieme.ok()) return same_quantieme;
  return Day{same_quantieme.year() / same_quantieme.month() / std::chrono::last};
}

Day post_by(Day due, const Calendar& calendar) {
  while (!is_jour_ouvre(due, calendar)) due = step(due, -1);
  return due;
}

letter::Deadlines deadlines(Day sent, const ClockRules& rules, std::optional<Day> first_complaint) {
  const Day first = std::min(sent, first_complaint.value_or(sent));
  letter::Deadlines due;
  due.ack_due = add_jours_ouvrables(sent, 10, rules);
  due.ack_post_by = post_by(due.ack_due, rules.calendar);
  due.answer_due = add_months(first, 2);
  if (rules.prorogation) due.answer_due = prorogued(due.answer_due, rules.calendar);
  due.answer_post_by = post_by(due.answer_due, rules.calendar);
  due.mediation_open = add_months(first, 2);
  due.mediation_last = add_months(first, 12);
  due.rule_set = rule_set(rules);
  return due;
}

}  // namespace router
