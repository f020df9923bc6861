// Blind checks at a desk: `check` gives what was read of a letter and nothing of what was decided;
// `check_answer` takes the person's sorting, tells the program's, and repairs the case.
#include <algorithm>

#include "router/blind_check.hpp"
#include "router/learning.hpp"
#include "router/verbs.hpp"

namespace router {

using letter::Queue;
using letter::Result;

namespace {

constexpr std::size_t most_waiting = 500;
constexpr std::size_t most_siblings = 100;

// A desk of one queue would know the program's choice from being asked. The medical desk is asked about its
// own all the same: nobody else may read them.
bool may_check(const Asker& asker) {
  return asker.role == Role::medical_desk || (asker.role == Role::desk && asker.queues.size() > 1);
}

Case case_of_letter(const Task& task, const letter::LetterId& id) {
  const auto ref = task.transaction.case_of(id);
  ENSURE(ref.has_value());
  const auto value = task.transaction.load(letter::parse_case_ref(*ref).value());
  ENSURE(value.has_value());
  return *value;
}

letter::SortedLetter letter_of(const Task& task, const Case& value, const letter::LetterId& id) {
  for (letter::SortedLetter& sorted : task.transaction.letters(value.ref))
    if (sorted.read.letter.id == id) return std::move(sorted);
  ENSURE(false);
  return {};
}

// A letter that was joined to another's case meanwhile does not decide where that one goes: its desk looks.
Case set_right(const Task& task, const Case& value, const Automatic& one, const CheckAnswer& answer) {
  const auto letters = task.transaction.letters(value.ref);
  if (letters.front().read.letter.id == one.id)
    return repaired(value, one, answer, task.moment.rules.filing.clocks);
  Case asked = value;
  asked.needs_review = value.needs_review || (is_open(value.state) && !agrees(one, answer));
  return asked;
}

bool held_by_another(const Task& task, const Automatic& one) {
  return one.held_until > task.moment.now && one.held_by != task.asker.user_id;
}

bool may_read(const Task& task, const Automatic& one) {
  return may_open(task.asker, case_of_letter(task, one.id));
}

// The check that the errand speaks of, in this asker's hands.
Result<Automatic> held_check(const Task& task) {
  const auto id = letter::parse_letter_id(argument(task, "letter"));
  auto one = id ? task.transaction.automatic(*id) : std::nullopt;
  if (!one || !one->picked) return refused(Refusal::no_such_letter);
  if (one->checked) return refused(Refusal::wrong_state);
  const bool held = one->held_by == task.asker.user_id && one->held_until > task.moment.now;
  if (!held) return refused(Refusal::stale);
  return *one;
}

std::string listed(const std::vector<Automatic>& all) {
  std::string text;
  for (const Automatic& one : all) text += (text.empty() ? "" : ",") + letter::text(one.id);
  return text;
}

// What else the sorter decided alone on the same ground, since it was last found right there.
std::vector<Automatic> siblings_of(const Task& task, const Automatic& one) {
  auto all = task.transaction.same_ground(one, most_siblings);
  std::erase_if(all, [&one](const Automatic& other) { return other.id == one.id; });
  return all;
}

void tell_siblings(const Task& task, const std::vector<Automatic>& siblings, letter::Answer& answer) {
  std::vector<letter::CaseRef> told;
  for (const Automatic& sibling : siblings) {
    const Case value = case_of_letter(task, sibling.id);
    if (std::ranges::find(told, value.ref) != told.end()) continue;
    told.push_back(value.ref);
    record(task, value.ref, "sibling_of_error", {{"letter", letter::text(sibling.id)}});
    answer.rows.push_back(row_of(task, value));
  }
}

}  // namespace

std::optional<letter::LetterId> check_in_hand(const Task& task) {
  const auto held = held_check(task);
  return held ? std::optional(held->id) : std::nullopt;
}

Outcome check(const Task& task) {
  if (!may_check(task.asker)) return refused(Refusal::not_allowed);
  letter::Answer answer;
  for (Automatic& one : task.transaction.checks_waiting(most_waiting)) {
    if (held_by_another(task, one) || !may_read(task, one)) continue;
    one.held_by = task.asker.user_id;
    one.held_until = task.moment.now + task.moment.rules.lease;
    task.transaction.save_automatic(one);
    const Case value = case_of_letter(task, one.id);
    answer.blind = letter_of(task, value, one.id).read;
    answer.facts["letter"] = letter::text(one.id);
    record(task, value.ref, "opened", {{"letter", letter::text(one.id)}});
    return answer;
  }
  return answer;
}

Outcome check_answer(const Task& task) {
  if (!may_check(task.asker)) return refused(Refusal::not_allowed);
  auto held = held_check(task);
  if (!held) return tl::unexpected(held.error());
  if (!may_read(task, *held)) return refused(Refusal::secret);
  const auto queue = letter::parse_queue(task.errand.queue);
  if (!queue) return refused(Refusal::bad_argument);
  const CheckAnswer said{*queue};
  const Case before = case_of_letter(task, held->id);
  const Case after = set_right(task, before, *held, said);
  held->checked = task.moment.now;
  held->passed = agrees(*held, said);
  held->held_until = {};
  task.transaction.save_automatic(*held);
  const auto siblings = held->passed ? std::vector<Automatic>{} : siblings_of(task, *held);
  Details what = decision({held->id, said.queue, after.secondary, said.is_complaint(), true, "blind_check"});
  what["passed"] = held->passed ? "yes" : "no";
  what["program.queue"] = letter::id(held->queue);
  if (!siblings.empty()) what["siblings"] = listed(siblings);
  letter::Answer answer = change(task, before, after, {"blind_checked", what});
  answer.facts = {{"letter", letter::text(held->id)},
                  {"passed", what["passed"]},
                  {"queue", what["program.queue"]},
                  {"siblings", std::to_string(siblings.size())}};
  tell_siblings(task, siblings, answer);
  return answer;
}

}  // namespace router
