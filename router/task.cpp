#include "router/task.hpp"

#include <charconv>

#include "router/verbs.hpp"

namespace router {

using letter::Result;

namespace {

constexpr std::size_t longest_reason = 500;

}  // namespace

std::string argument(const Task& task, const std::string& name) {
  const auto found = task.errand.args.find(name);
  return found == task.errand.args.end() ? "" : found->second;
}

Result<std::uint64_t> whole_argument(const Task& task, const std::string& name, std::uint64_t otherwise,
                                     std::uint64_t most) {
  const std::string text = argument(task, name);
  if (text.empty()) return otherwise;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number > most)
    return refused(Refusal::bad_argument);
  return number;
}

Result<std::string> given_reason(const Task& task) {
  const std::string given = argument(task, "reason");
  if (given.empty() || given.size() > longest_reason) return refused(Refusal::reason_required);
  return given;
}

Result<Case> case_named(const Task& task, const std::string& ref) {
  const auto parsed = letter::parse_case_ref(ref);
  if (!parsed) return refused(Refusal::no_such_case);
  auto found = task.transaction.load(*parsed);
  if (!found) return refused(Refusal::no_such_case);
  return *found;
}

Result<Case> openable_case(const Task& task) {
  auto found = case_named(task, task.errand.ref);
  if (!found) return found;
  if (found->purged_on) return refused(Refusal::purged);
  if (may_open(task.asker, *found)) return found;
  if (is_medical(*found)) return refused(Refusal::secret);
  return refused(Refusal::not_allowed);
}

Result<Case> held_case(const Task& task) {
  const auto found = openable_case(task);
  if (!found) return found;
  return held_case_of_any_queue(task);
}

Result<Case> held_case_all_read(const Task& task) {
  auto found = held_case(task);
  if (found && found->news > 0) return refused(Refusal::unread);
  return found;
}

Result<Case> held_case_of_any_queue(const Task& task) {
  auto found = case_named(task, task.errand.ref);
  if (!found) return found;
  const bool held = is_live_claim(*found, task.moment.now) && found->claimed_by == task.asker.user_id &&
                    found->fencing == task.errand.fencing;
  if (!held) return refused(Refusal::stale);
  return found;
}

bool is_live_claim(const Case& value, letter::Instant now) {
  return !value.claimed_by.empty() && value.lease_until > now;
}

void record(const Task& task, const letter::CaseRef& ref, const std::string& verb, Details what) {
  task.transaction.append({0, task.moment.now, letter::text(ref), task.asker.user_id, verb, std::move(what)});
}

letter::Answer change(const Task& task, const Case& before, const Case& after,
                      std::pair<std::string, Details> verb_and_what) {
  if (is_medical(after) && !is_medical(before))
    record(task, before.ref, "made_secret", {{"seen_by", seen_by(task.transaction.history(before.ref))}});
  task.transaction.save(after);
  auto& [verb, what] = verb_and_what;
  what.merge(difference(before, after));
  record(task, after.ref, verb, std::move(what));
  return row_answer(task, after);
}

letter::CaseRow row_of(const Task& task, const Case& value) {
  letter::CaseRow row = row_for(task.asker, value, task.transaction.sheets(value.ref), task.moment.now);
  if (may_open(task.asker, value))
    row.proposals = static_cast<std::uint32_t>(proposed_joins(task, value).size());
  return row;
}

letter::Answer row_answer(const Task& task, const Case& value) {
  letter::Answer answer;
  answer.rows.push_back(row_of(task, value));
  answer.fencing =
      is_live_claim(value, task.moment.now) && value.claimed_by == task.asker.user_id ? value.fencing : 0;
  return answer;
}

}  // namespace router
