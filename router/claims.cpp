#include "router/verbs.hpp"

namespace router {

Outcome claim(const Task& task) {
  const auto found = openable_case(task);
  if (!found) return tl::unexpected(found.error());
  if (found->state == letter::State::merged) return refused(Refusal::wrong_state);
  const bool takes_back_own = found->claimed_by == task.asker.user_id && argument(task, "again") == "yes";
  if (is_live_claim(*found, task.moment.now) && !takes_back_own) return refused(Refusal::claimed);
  Case mine = *found;
  mine.claimed_by = task.asker.user_id;
  mine.lease_until = task.moment.now + task.moment.rules.lease;
  ++mine.fencing;
  return change(task, *found, mine, {"claimed", {{"fencing", std::to_string(mine.fencing)}}});
}

// Renewing keeps the journal short: it is no event.
Outcome renew(const Task& task) {
  const auto found = held_case_of_any_queue(task);
  if (!found) return tl::unexpected(found.error());
  Case mine = *found;
  mine.lease_until = task.moment.now + task.moment.rules.lease;
  task.transaction.save(mine);
  return row_answer(task, mine);
}

Outcome release(const Task& task) {
  const auto found = held_case_of_any_queue(task);
  if (!found) return tl::unexpected(found.error());
  Case freed = *found;
  freed.claimed_by.clear();
  freed.lease_until = {};
  return change(task, *found, freed, {"released", {}});
}

}  // namespace router
