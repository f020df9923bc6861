#include <algorithm>
#include <set>

#include "router/complainant.hpp"
#include "router/sent_date.hpp"
#include "router/verbs.hpp"

namespace router {

using letter::CaseRef;
using letter::LetterId;
using letter::Result;
using letter::State;

namespace {

std::string listed(const std::vector<LetterId>& ids) {
  std::string all;
  for (const LetterId& id : ids) all += (all.empty() ? "" : ",") + letter::text(id);
  return all;
}

Result<std::vector<LetterId>> ids_in(const std::string& text) {
  std::vector<LetterId> ids;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    const auto id = letter::parse_letter_id(text.substr(at, comma - at));
    if (!id) return refused(Refusal::bad_argument);
    ids.push_back(*id);
    at = comma + 1;
  }
  return ids;
}

std::vector<LetterId> ids_of(const Task& task, const CaseRef& ref) {
  std::vector<LetterId> ids;
  for (const auto& sorted : task.transaction.letters(ref)) ids.push_back(sorted.read.letter.id);
  return ids;
}

bool holds_all(const Task& task, const CaseRef& ref, const std::vector<LetterId>& wanted) {
  const auto held = ids_of(task, ref);
  return std::ranges::all_of(
      wanted, [&held](const LetterId& id) { return std::ranges::find(held, id) != held.end(); });
}

void move_all(const Task& task, const std::vector<LetterId>& ids, const CaseRef& to) {
  for (const LetterId& id : ids) task.transaction.move(id, to);
}

// The letters to split off: some of the case's, not all.
Result<std::vector<LetterId>> letters_to_split(const Task& task, const Case& held) {
  auto ids = ids_in(argument(task, "letters"));
  if (!ids) return ids;
  if (!holds_all(task, held.ref, *ids)) return refused(Refusal::no_such_letter);
  const std::set<LetterId> different(ids->begin(), ids->end());
  const bool all = different.size() == ids_of(task, held.ref).size();
  if (all || different.size() != ids->size()) return refused(Refusal::bad_argument);
  return ids;
}

// The same matter under a number of its own: the clock goes on as it was.
Case split_off(const Task& task, const Case& from, const LetterId& first) {
  Case value = from;
  value.ref = task.transaction.next_ref(static_cast<int>(letter::paris_day(task.moment.now).year()));
  value.claimed_by.clear();
  value.lease_until = {};
  value.fencing = 0;
  for (const auto& sorted : task.transaction.letters(from.ref)) {
    if (sorted.read.letter.id != first) continue;
    value.received_at = sorted.read.letter.received_at;
    const auto complainant = complainant_of(sorted.read);
    if (!complainant.reveal().empty()) value.complainant = complainant;
  }
  return value;
}

// Of two clocks the earlier holds; a clock that runs is never stopped by joining.
Case taking_over(Case value, const Case& from, const ClockRules& rules) {
  value.is_complaint = value.is_complaint || from.is_complaint;
  value.frozen = value.frozen || from.frozen;
  value.needs_review = value.needs_review || from.needs_review;
  value.first_complaint = earlier(value.first_complaint, from.first_complaint);
  if (!from.deadlines && !value.deadlines) return value;
  if (from.deadlines) value.sent_on = value.deadlines ? earlier(value.sent_on, from.sent_on) : from.sent_on;
  value.deadlines = deadlines(value.sent_on.date, rules, value.first_complaint);
  if (value.state == State::requalified) value.state = State::registered;
  return value;
}

// The case to join: of this asker's queues, still open, and in nobody else's hands.
Result<Case> case_to_join(const Task& task, const Case& held) {
  auto into = case_named(task, argument(task, "into"));
  if (!into) return into;
  if (into->ref == held.ref) return refused(Refusal::bad_argument);
  if (!may_open(task.asker, *into))
    return refused(is_medical(*into) ? Refusal::secret : Refusal::not_allowed);
  if (!is_open(into->state) || !is_open(held.state)) return refused(Refusal::wrong_state);
  if (is_live_claim(*into, task.moment.now) && into->claimed_by != task.asker.user_id)
    return refused(Refusal::claimed);
  return into;
}

std::optional<letter::Event> last_event(const Task& task, const CaseRef& ref, const Details& having) {
  const auto history = task.transaction.history(ref);
  for (auto event = history.rbegin(); event != history.rend(); ++event)
    if (std::ranges::includes(event->what, having)) return *event;
  return std::nullopt;
}

}  // namespace

Outcome split(const Task& task) {
  const auto held = held_case(task);
  if (!held) return tl::unexpected(held.error());
  if (!is_open(held->state)) return refused(Refusal::wrong_state);
  const auto ids = letters_to_split(task, *held);
  if (!ids) return tl::unexpected(ids.error());
  const Case part = split_off(task, *held, ids->front());
  task.transaction.save(part);
  move_all(task, *ids, part.ref);
  record(task, part.ref, "split_off", {{"from", letter::text(held->ref)}, {"letters", listed(*ids)}});
  letter::Answer answer =
      change(task, *held, *held, {"split", {{"into", letter::text(part.ref)}, {"letters", listed(*ids)}}});
  answer.rows.push_back(row_of(task, part));
  return answer;
}

Outcome join(const Task& task) {
  const auto held = held_case(task);
  if (!held) return tl::unexpected(held.error());
  const auto into = case_to_join(task, *held);
  if (!into) return tl::unexpected(into.error());
  const auto [merged, grown] = merge(task, *held, *into);
  letter::Answer answer = row_answer(task, merged);
  answer.rows.push_back(row_of(task, grown));
  return answer;
}

Merger merge(const Task& task, const Case& from, const Case& into) {
  Case after = taking_over(into, from, task.moment.rules.filing.clocks);
  // Joining must not lift the secret from letters that are under it.
  if (is_medical(from) && !is_medical(into)) after.secondary = letter::Queue::dossiers_medicaux;
  const auto ids = ids_of(task, from.ref);
  if (into.claimed_by != task.asker.user_id) after.news += static_cast<std::uint32_t>(ids.size());
  move_all(task, ids, after.ref);
  change(task, into, after, {"took_over", {{"from", letter::text(from.ref)}, {"letters", listed(ids)}}});
  Case merged = from;
  merged.state = State::merged;
  merged.merged_into = letter::text(after.ref);
  // Nor may its name and history stay readable where its letters no longer are.
  if (is_medical(after) && !is_medical(from)) merged.secondary = letter::Queue::dossiers_medicaux;
  change(task, from, merged, {"joined", {{"into", merged.merged_into}, {"letters", listed(ids)}}});
  for (const Proposal& proposal : task.transaction.proposals(from.ref))
    if (proposal.from == into.ref || proposal.into == into.ref) task.transaction.settle(proposal, "accepted");
  return {merged, after};
}

// The part's number stays used: it ends merged into where its letters came from.
Outcome undo_split(const Task& task, const Case& value, const letter::Event& event) {
  const auto part = case_named(task, event.what.at("into"));
  const auto ids = ids_in(event.what.at("letters"));
  ENSURE(part.has_value() && ids.has_value());
  const bool untouched =
      std::ranges::all_of(task.transaction.history(part->ref), [](const letter::Event& past) {
        return past.verb == "split_off" || past.verb == "opened" || past.verb == "history_read";
      });
  if (!untouched) return refused(Refusal::changed_since);
  move_all(task, *ids, value.ref);
  Case merged = *part;
  merged.state = State::merged;
  merged.merged_into = letter::text(value.ref);
  change(task, *part, merged, {"joined", {{"into", merged.merged_into}, {"letters", listed(*ids)}}});
  return change(task, value, value,
                {"undone", {{"undoes", std::to_string(event.seq)}, {"letters", listed(*ids)}}});
}

Outcome undo_join(const Task& task, const Case& value, const letter::Event& event) {
  const auto into = case_named(task, event.what.at("into"));
  const auto ids = ids_in(event.what.at("letters"));
  ENSURE(into.has_value() && ids.has_value());
  const auto taken = last_event(task, into->ref, {{"from", letter::text(value.ref)}});
  ENSURE(taken.has_value());
  const bool in_other_hands = is_live_claim(*into, task.moment.now) && into->claimed_by != task.asker.user_id;
  if (in_other_hands || !is_open(into->state) || !still_says(*into, taken->what) ||
      !holds_all(task, into->ref, *ids))
    return refused(Refusal::changed_since);
  move_all(task, *ids, value.ref);
  const Details undoes{{"undoes", std::to_string(event.seq)}, {"letters", listed(*ids)}};
  Case back = restored(*into, taken->what);
  back.news -= std::min(back.news, static_cast<std::uint32_t>(ids->size()));
  change(task, *into, back, {"gave_back", {{"to", letter::text(value.ref)}, {"letters", listed(*ids)}}});
  return change(task, value, restored(value, event.what), {"undone", undoes});
}

}  // namespace router
