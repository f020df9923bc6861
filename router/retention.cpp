#include "router/retention.hpp"

#include <algorithm>

namespace router {

using letter::Day;

namespace {

bool ends(const letter::Event& event) {
  constexpr std::array verbs{"answered", "closed", "withdrawn", "handed_over", "joined"};
  return std::ranges::find(verbs, event.verb) != verbs.end();
}

}  // namespace

std::optional<Day> closed_on(const Case& value, const std::vector<letter::Event>& history) {
  if (is_open(value.state)) return std::nullopt;
  const auto last = std::find_if(history.rbegin(), history.rend(), ends);
  if (last == history.rend()) return std::nullopt;
  return letter::paris_day(last->at);
}

Keeping keeping(const Case& value, Day closed_on, const RetentionRules& rules) {
  if (!value.is_complaint)
    return {closed_on, letter::after(closed_on, rules.of(letter::Queue::non_reclamation))};
  Day until = letter::after(closed_on, rules.of(value.queue));
  if (value.secondary) until = std::max(until, letter::after(closed_on, rules.of(*value.secondary)));
  if (value.deadlines) until = std::max(until, value.deadlines->mediation_last);
  return {closed_on, until};
}

}  // namespace router
