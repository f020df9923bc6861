// The letters that leave: what a holding letter promises, and that a letter was posted.
#include "router/verbs.hpp"

namespace router {

using letter::Outgoing;
using letter::State;

State state_once_told(const Case& value) {
  return value.queue == letter::Queue::frais_sante ? State::redirected : State::acknowledged;
}

namespace {

// Whether the last delay that was announced has left as a letter.
bool is_delay_told(const Task& task, const letter::CaseRef& ref) {
  bool told = false;
  for (const letter::Event& event : task.transaction.history(ref)) {
    const auto kind = event.what.find("kind");
    if (event.verb == "held_up") told = false;
    if (event.verb == "posted" && kind != event.what.end())
      told = told || kind->second == id(Outgoing::holding);
  }
  return told;
}

State state_once_posted(const Task& task, const Case& value, Outgoing kind) {
  if (kind == Outgoing::holding) return State::holding;
  if (kind == Outgoing::redirection && is_delay_told(task, value.ref)) return State::holding;
  return state_once_told(value);
}

}  // namespace

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
  const auto due = letter::due_letter(found->state, found->queue, found->answer_told.has_value());
  if (!due || argument(task, "kind") != letter::id(*due)) return refused(Refusal::wrong_state);
  if (found->needs_review || found->sent_on.conflict) return refused(Refusal::review_first);
  Case moved = *found;
  moved.state = state_once_posted(task, *found, *due);
  return change(task, *found, moved, {"posted", {{"kind", std::string(letter::id(*due))}}});
}

}  // namespace router
