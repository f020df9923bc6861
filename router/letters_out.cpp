// The letters that leave: what a holding letter promises, and that a letter was posted.
#include "router/verbs.hpp"

namespace router {

using letter::State;

State state_once_told(const Case& value) {
  return value.queue == letter::Queue::frais_sante ? State::redirected : State::acknowledged;
}

// Before the two months end the complainant is told why the answer is late, and by when it comes (domain rule
// 1.3.4). The state moves on when that letter is posted.
Outcome hold(const Task& task) {
  const auto held = held_case(task);
  if (!held) return tl::unexpected(held.error());
  const auto circumstances = given_reason(task);
  if (!circumstances) return tl::unexpected(circumstances.error());
  if (!is_open(held->state) || !held->deadlines) return refused(Refusal::wrong_state);
  const auto by = letter::parse_day(argument(task, "answer_by"));
  const auto& calendar = task.moment.rules.filing.clocks.calendar;
  if (!by || *by <= letter::paris_day(task.moment.now) || *by <= held->deadlines->answer_due ||
      !is_jour_ouvre(*by, calendar))
    return refused(Refusal::bad_answer_day);
  Case promised = *held;
  promised.answer_told = *by;
  if (promised.state == State::holding) promised.state = state_once_told(*held);  // a second letter is due
  return change(task, *held, promised, {"held_up", {{"circumstances", *circumstances}}});
}

// Needs no claim: whoever posts the letters works on none of the cases. What nobody has looked at although
// somebody must does not leave.
Outcome posted(const Task& task) {
  const auto found = openable_case(task);
  if (!found) return tl::unexpected(found.error());
  if (!found->deadlines || !found->is_complaint) return refused(Refusal::wrong_state);
  const auto due = letter::due_letter(found->state, found->answer_told.has_value());
  if (!due || argument(task, "kind") != letter::id(*due)) return refused(Refusal::wrong_state);
  if (found->needs_review || found->sent_on.conflict) return refused(Refusal::review_first);
  Case moved = *found;
  moved.state = *due == letter::Outgoing::acknowledgement ? state_once_told(*found) : State::holding;
  return change(task, *found, moved, {"posted", {{"kind", std::string(letter::id(*due))}}});
}

}  // namespace router
