// Joins that filing only proposed: a desk accepts or refuses them.
#include <algorithm>

#include "router/follow_up.hpp"
#include "router/verbs.hpp"

namespace router {

using letter::CaseRef;
using letter::Result;

namespace {

// A proposal as seen from one of its cases: the other one, as it stands now.
struct Seen {
  Proposal proposal;
  Case other;
  bool other_is_older = false;
};

// Whether this asker may know of it: a medical case is shown beside no other but to the medical desk.
bool may_see(const Task& task, const Case& other) {
  return !is_medical(other) || task.asker.role == Role::medical_desk;
}

std::vector<Seen> seen_from(const Task& task, const Case& value) {
  std::vector<Seen> all;
  if (!is_open(value.state)) return all;
  for (const Proposal& proposal : task.transaction.proposals(value.ref)) {
    const bool older = proposal.from == value.ref;
    auto other = open_case_behind(older ? proposal.into : proposal.from, task.transaction);
    const bool apart = other && other->ref != value.ref;
    if (apart && may_see(task, *other)) all.push_back({proposal, std::move(*other), older});
  }
  return all;
}

// The one that `with` names; without a name the first.
Result<Seen> proposal_meant(const Task& task, const Case& held) {
  const std::string with = argument(task, "with");
  for (Seen& seen : seen_from(task, held))
    if (with.empty() || letter::text(seen.other.ref) == with) return std::move(seen);
  return refused(Refusal::no_proposal);
}

}  // namespace

std::vector<letter::ProposedJoin> proposed_joins(const Task& task, const Case& value) {
  std::vector<letter::ProposedJoin> all;
  for (const Seen& seen : seen_from(task, value)) {
    letter::ProposedJoin one;
    one.ref = letter::text(seen.other.ref);
    one.queue = letter::id(seen.other.queue);
    one.state = seen.other.state;
    one.sent_on = seen.other.sent_on;
    if (may_open(task.asker, seen.other)) one.complainant = seen.other.complainant;
    one.because = seen.proposal.because;
    one.older = seen.other_is_older;
    all.push_back(std::move(one));
  }
  return all;
}

// The older case takes over the newer, whichever is held. Letters may go to any queue, as by `reroute`; none
// may be fetched from where this asker has no right to look.
Outcome accept_join(const Task& task) {
  const auto held = held_case(task);
  if (!held) return tl::unexpected(held.error());
  const auto seen = proposal_meant(task, *held);
  if (!seen) return tl::unexpected(seen.error());
  const Case& other = seen->other;
  if (!seen->other_is_older && !may_open(task.asker, other) && task.asker.role != Role::medical_desk)
    return refused(Refusal::not_allowed);
  if (is_live_claim(other, task.moment.now) && other.claimed_by != task.asker.user_id)
    return refused(Refusal::claimed);
  const auto [merged, grown] = seen->other_is_older ? merge(task, *held, other) : merge(task, other, *held);
  task.transaction.settle(seen->proposal, "accepted");
  letter::Answer answer = row_answer(task, seen->other_is_older ? merged : grown);
  answer.rows.push_back(row_of(task, seen->other_is_older ? grown : merged));
  return answer;
}

Outcome refuse_join(const Task& task) {
  const auto held = held_case(task);
  if (!held) return tl::unexpected(held.error());
  const auto seen = proposal_meant(task, *held);
  if (!seen) return tl::unexpected(seen.error());
  task.transaction.settle(seen->proposal, "refused");
  record(task, held->ref, "join_refused",
         {{"with", letter::text(seen->other.ref)}, {"because", seen->proposal.because}});
  if (!is_medical(*held))
    record(task, seen->other.ref, "join_refused",
           {{"with", letter::text(held->ref)}, {"because", seen->proposal.because}});
  return row_answer(task, *held);
}

}  // namespace router
