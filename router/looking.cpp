#include <algorithm>

#include "router/sent_date.hpp"
#include "router/verbs.hpp"

namespace router {

using letter::Answer;
using letter::Instant;
using letter::Queue;
using letter::Result;

namespace {

constexpr std::size_t usual_rows = 100, most_rows = 500;

Result<std::vector<Queue>> queues_asked(const Task& task) {
  if (task.errand.queue.empty()) return task.asker.queues;
  const auto queue = letter::parse_queue(task.errand.queue);
  if (!queue) return refused(Refusal::bad_argument);
  if (std::ranges::find(task.asker.queues, *queue) == task.asker.queues.end())
    return refused(Refusal::not_allowed);
  return std::vector{*queue};
}

Result<std::size_t> rows_asked(const Task& task) {
  const auto rows = whole_argument(task, "limit", usual_rows, most_rows);
  if (!rows) return tl::unexpected(rows.error());
  if (*rows == 0) return refused(Refusal::bad_argument);
  return static_cast<std::size_t>(*rows);
}

// When that civil day begins in Paris. Clocks change at 2 or 3 in the morning, never at midnight.
Instant paris_midnight(letter::Day day) {
  for (int hours_ahead = 3; hours_ahead > 0; --hours_ahead) {
    const Instant guess{std::chrono::sys_days{day} - std::chrono::hours{hours_ahead}};
    if (letter::paris_day(guess) == day) return guess;
  }
  return Instant{std::chrono::sys_days{day}};
}

letter::CaseFile history_only(const Task& task, const Case& value) {
  letter::CaseFile file{row_of(task, value), {}, task.transaction.history(value.ref), {}, {}};
  for (letter::Event& event : file.history)
    event.what = is_medical(value) ? Details{} : without_personal(event.what);
  return file;
}

}  // namespace

Outcome list_cases(const Task& task) {
  const auto queues = queues_asked(task);
  if (!queues) return tl::unexpected(queues.error());
  const auto rows = rows_asked(task);
  if (!rows) return tl::unexpected(rows.error());
  Answer answer;
  for (const Case& value : task.transaction.queue(*queues, *rows)) answer.rows.push_back(row_of(task, value));
  return answer;
}

Outcome next_case(const Task& task) {
  const auto queues = queues_asked(task);
  if (!queues) return tl::unexpected(queues.error());
  for (const Case& value : task.transaction.queue(*queues, most_rows))
    if (may_open(task.asker, value) && !is_live_claim(value, task.moment.now)) {
      Answer answer;
      answer.rows.push_back(row_of(task, value));
      return answer;
    }
  return Answer{};
}

Outcome open_case(const Task& task) {
  const auto named = case_named(task, task.errand.ref);
  if (named && task.asker.role == Role::auditor) {
    record(task, named->ref, "history_read", {});
    Answer answer;
    answer.file = history_only(task, *named);
    return answer;
  }
  const auto found = openable_case(task);
  if (!found) return tl::unexpected(found.error());
  record(task, found->ref, "opened", {});
  Answer answer;
  answer.file = letter::CaseFile{row_of(task, *found),
                                 task.transaction.letters(found->ref),
                                 task.transaction.history(found->ref),
                                 proposed_joins(task, *found),
                                 {}};
  for (const letter::SortedLetter& sorted : answer.file->letters)
    std::ranges::copy(sent_candidates(sorted.read, task.moment.rules.filing.clocks),
                      std::back_inserter(answer.file->sent_candidates));
  // Told once, to who works on it: a passer-by does not take the news from the desk.
  if (found->news > 0 && is_live_claim(*found, task.moment.now) && found->claimed_by == task.asker.user_id) {
    Case read = *found;
    read.news = 0;
    task.transaction.save(read);
  }
  return answer;
}

Outcome status(const Task& task) {
  const letter::Day today = letter::paris_day(task.moment.now);
  const letter::Day tomorrow{std::chrono::sys_days{today} + std::chrono::days{1}};
  const Standing standing = task.transaction.standing(today);
  Answer answer;
  Standing::OfQueue total;
  for (const auto& [queue, count] : standing.queues) {
    total.open += count.open;
    total.late += count.late;
    total.due_today += count.due_today;
    if (std::ranges::find(task.asker.queues, queue) == task.asker.queues.end()) continue;
    const std::string name(letter::id(queue));
    answer.facts["open." + name] = std::to_string(count.open);
    answer.facts["late." + name] = std::to_string(count.late);
    answer.facts["due_today." + name] = std::to_string(count.due_today);
  }
  answer.facts["open"] = std::to_string(total.open);
  answer.facts["late"] = std::to_string(total.late);
  answer.facts["due_today"] = std::to_string(total.due_today);
  answer.facts["checks"] = std::to_string(standing.checks);
  answer.facts["cases"] = std::to_string(standing.cases);
  answer.facts["letters"] = std::to_string(standing.letters);
  answer.facts["filed_today"] =
      std::to_string(task.transaction.count_events("filed", paris_midnight(today), paris_midnight(tomorrow)));
  return answer;
}

}  // namespace router
