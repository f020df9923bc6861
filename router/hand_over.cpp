#include "router/hand_over.hpp"

#include "router/learning.hpp"
#include "router/resorting.hpp"
#include "router/task.hpp"

namespace router {

letter::Result<HandOver> plan_hand_over(const letter::Errand& errand, const Asker& asker,
                                        Transaction& transaction, const Moment& moment) {
  const Task task{errand, asker, transaction, moment};
  const auto held = held_case_all_read(task);
  if (!held) return tl::unexpected(held.error());
  if (!is_open(held->state)) return refused(Refusal::wrong_state);
  HandOver plan;
  plan.before = *held;
  const bool settled = !held->is_complaint && !held->needs_review;
  if (!settled || !argument(task, "reason").empty()) {
    const auto why = given_reason(task);
    if (!why) return tl::unexpected(why.error());
    plan.reason = *why;
  }
  plan.after = as_request(*held);
  plan.after.state = letter::State::closed;
  plan.letters = transaction.letters(held->ref);
  plan.by = asker.user_id;
  plan.at = moment.now;
  return plan;
}

letter::Answer finish_hand_over(const letter::Errand& errand, const Asker& asker, const HandOver& plan,
                                Transaction& transaction, const Moment& moment) {
  const Task task{errand, asker, transaction, moment};
  Details what = decision_on(task, plan.before, plan.after);
  what["to"] = plan.after.secondary ? letter::id(*plan.after.secondary) : "";
  if (!plan.reason.empty()) what["reason"] = plan.reason;
  letter::Answer answer = change(task, plan.before, plan.after, {"handed_over", what});
  answer.request = errand.request;
  answer.facts["folder"] = letter::text(plan.after.ref);
  return answer;
}

}  // namespace router
