#include "router/alarm.hpp"

#include <algorithm>
#include <array>

namespace router {

using letter::CaseRow;
using letter::Day;
using letter::State;
using std::chrono::days;
using std::chrono::sys_days;

namespace {

constexpr int soon_ouvrables = 4, now_ouvrables = 1, early_days = 21, near_days = 10, holding_ouvres = 5;

int days_between(Day from, Day to) { return static_cast<int>((sys_days{to} - sys_days{from}).count()); }

// Jours ouvrables after `from` up to `to`; none when it is not later.
int ouvrables_left(Day from, Day to, const ClockRules& rules) {
  int left = 0;
  for (Day day = add_jours_ouvrables(from, 1, rules); day <= to; day = add_jours_ouvrables(day, 1, rules))
    ++left;
  return left;
}

int ouvres_left(Day from, Day to, const ClockRules& rules) {
  ClockRules monday_to_friday = rules;
  monday_to_friday.ack_counts_saturdays = false;
  return ouvrables_left(from, to, monday_to_friday);
}

Alarm of_acknowledgement(const letter::Deadlines& due, Day today, const ClockRules& rules) {
  if (today > due.ack_due) return Alarm::late;
  const int left = ouvrables_left(today, due.ack_due, rules);
  return left <= now_ouvrables    ? Alarm::acknowledge_now
         : left <= soon_ouvrables ? Alarm::acknowledge_soon
                                  : Alarm::none;
}

Alarm of_answer(const CaseRow& row, Day today, const ClockRules& rules) {
  const Day due = row.deadlines->answer_due;
  if (row.state == State::holding && row.answer_told)
    return today > *row.answer_told ? Alarm::late : Alarm::none;
  if (today > due) return Alarm::late;
  if (!row.answer_told && ouvres_left(today, due, rules) <= holding_ouvres) return Alarm::holding_must_leave;
  const int left = days_between(today, due);
  return left <= near_days    ? Alarm::answer_in_10_days
         : left <= early_days ? Alarm::answer_in_21_days
                              : Alarm::none;
}

bool is_redirection_owed(const CaseRow& row) {
  const auto queue = letter::parse_queue(row.queue);
  return row.is_complaint && queue &&
         letter::due_letter(row.state, *queue, row.answer_told.has_value()) == letter::Outgoing::redirection;
}

struct Names {
  std::string_view id, french;
};
constexpr std::array<Names, 8> names{{{"none", ""},
                                      {"answer_in_21_days", "réponse : 21 jours au plus"},
                                      {"acknowledge_soon", "AR : 4 jours ouvrables au plus"},
                                      {"answer_in_10_days", "réponse : 10 jours au plus"},
                                      {"acknowledge_now", "AR à poster"},
                                      {"redirection_must_leave", "avis de transmission à poster"},
                                      {"holding_must_leave", "lettre d'attente à poster"},
                                      {"late", "EN RETARD"}}};

}  // namespace

std::string_view id(Alarm alarm) { return names.at(static_cast<std::size_t>(alarm)).id; }
std::string_view french(Alarm alarm) { return names.at(static_cast<std::size_t>(alarm)).french; }

Alarm alarm_of(const CaseRow& row, Day today, const ClockRules& rules) {
  if (!row.deadlines) return Alarm::none;
  switch (row.state) {
    case State::registered:
      return std::max(of_acknowledgement(*row.deadlines, today, rules), of_answer(row, today, rules));
    case State::acknowledged:
      return std::max(is_redirection_owed(row) ? Alarm::redirection_must_leave : Alarm::none,
                      of_answer(row, today, rules));
    case State::holding:
    case State::redirected:
      return of_answer(row, today, rules);
    default:
      return Alarm::none;
  }
}

}  // namespace router
