#include "router/learning.hpp"
#include "router/resorting.hpp"
#include "router/verbs.hpp"

namespace router {

using letter::Queue;
using letter::State;

namespace {

constexpr std::size_t longest_note = 500;

Outcome move_on(const Task& task, State to, const std::string& verb) {
  const auto held = to == State::acknowledged ? held_case(task) : held_case_all_read(task);
  if (!held) return tl::unexpected(held.error());
  const bool allowed = to == State::acknowledged ? held->state == State::registered
                       : to == State::closed     ? held->state == State::answered
                                                 : is_open(held->state);
  if (!allowed) return refused(Refusal::wrong_state);
  if (to == State::acknowledged && held->sent_on.conflict) return refused(Refusal::review_first);
  Case moved = *held;
  moved.state = to == State::acknowledged ? state_once_told(*held) : to;
  Details what;
  if (const std::string outcome = argument(task, "outcome"); !outcome.empty()) {
    if (to != State::answered || !letter::parse_ending(outcome)) return refused(Refusal::bad_argument);
    what["outcome"] = outcome;
  }
  for (const char* noted : {"stage", "dysfunction", "corrective_action"}) {
    const std::string text = argument(task, noted);
    if (text.empty()) continue;
    if (to != State::answered || text.size() > longest_note) return refused(Refusal::bad_argument);
    what[noted] = text;
  }
  if (!argument(task, "reason").empty()) {
    const auto why = given_reason(task);
    if (!why) return tl::unexpected(why.error());
    what["reason"] = *why;
  }
  return change(task, *held, moved, {verb, what});
}

// What an errand's `secondary` asks for: a queue, "none", or nothing ("": leave it).
letter::Result<std::optional<Queue>> secondary_after(const Task& task, const Case& before, Queue queue) {
  const std::string asked = argument(task, "secondary");
  if (asked == "none") return std::nullopt;
  if (!asked.empty()) {
    const auto secondary = letter::parse_queue(asked);
    if (!secondary || *secondary == queue) return refused(Refusal::bad_argument);
    return secondary;
  }
  // Leaving the medical queue does not by itself end the secret.
  if (before.queue == Queue::dossiers_medicaux && queue != Queue::dossiers_medicaux)
    return Queue::dossiers_medicaux;
  if (before.secondary == queue) return std::nullopt;
  return before.secondary;
}

// A change that sorts the case: with what the person decided, for who teaches the sorter.
Outcome sort_anew(const Task& task, const Case& before, const Case& after,
                  std::pair<std::string, Details> verb_and_what) {
  verb_and_what.second.merge(decision_on(task, before, after));
  return change(task, before, after, std::move(verb_and_what));
}

}  // namespace

Outcome requalify(const Task& task) {
  const auto held = held_case(task);
  if (!held) return tl::unexpected(held.error());
  const auto why = given_reason(task);
  if (!why) return tl::unexpected(why.error());
  if (!is_open(held->state)) return refused(Refusal::wrong_state);
  const std::string to = argument(task, "to");
  const bool settled = !held->needs_review;
  if (to == "non_reclamation") {
    if (settled && !held->is_complaint) return refused(Refusal::no_change);
    if (held->news > 0) return refused(Refusal::unread);
    return sort_anew(task, *held, as_request(*held), {"requalified", {{"to", to}, {"reason", *why}}});
  }
  if (to != "complaint") return refused(Refusal::bad_argument);
  const auto queue = letter::parse_queue(task.errand.queue);
  if (!task.errand.queue.empty() && (!queue || *queue == Queue::non_reclamation))
    return refused(Refusal::bad_argument);
  if (settled && held->is_complaint) return refused(Refusal::no_change);
  return sort_anew(task, *held, as_complaint(*held, queue, task.moment.rules.filing.clocks),
                   {"requalified", {{"to", to}, {"reason", *why}}});
}

Outcome reroute(const Task& task) {
  const auto held = held_case(task);
  if (!held) return tl::unexpected(held.error());
  const auto why = given_reason(task);
  if (!why) return tl::unexpected(why.error());
  if (!is_open(held->state)) return refused(Refusal::wrong_state);
  const auto queue = letter::parse_queue(task.errand.queue);
  if (!queue) return refused(Refusal::bad_argument);
  // Of a plain request only the secret may be said: what it is is for a requalification.
  const bool request = *queue == Queue::non_reclamation || !held->is_complaint;
  if (request && (*queue != held->queue || argument(task, "secondary").empty()))
    return refused(Refusal::use_requalify);
  const auto secondary = secondary_after(task, *held, *queue);
  if (!secondary) return tl::unexpected(secondary.error());
  Case moved = *held;
  moved.queue = *queue;
  moved.secondary = *secondary;
  if (!request) moved.needs_review = false;
  if (moved.state == State::redirected) moved.state = state_once_told(moved);
  // Who was told that an answer would be late was not told that another body gives it: a notice is owed.
  if (moved.state == State::holding && moved.queue != held->queue && moved.queue == Queue::frais_sante)
    moved.state = State::acknowledged;
  if (texts_of(moved) == texts_of(*held)) return refused(Refusal::no_change);
  // Once secret, not even the desk that sent it there may hold it.
  if (!may_open(task.asker, moved) && is_medical(moved)) {
    moved.claimed_by.clear();
    moved.lease_until = {};
  }
  return sort_anew(task, *held, moved, {"rerouted", {{"reason", *why}}});
}

Outcome acknowledge(const Task& task) { return move_on(task, State::acknowledged, "acknowledged"); }

Outcome answer_case(const Task& task) { return move_on(task, State::answered, "answered"); }

Outcome close_case(const Task& task) { return move_on(task, State::closed, "closed"); }

Outcome withdraw(const Task& task) {
  const auto why = given_reason(task);
  if (!why) return tl::unexpected(why.error());
  return move_on(task, State::withdrawn, "withdrawn");
}

}  // namespace router
