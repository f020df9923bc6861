// The verbs of a desk, by kind. Each is one function from a task to its answer or refusal.
#pragma once

#include "router/task.hpp"

namespace router {

// looking.cpp: nothing changes but the journal (`open`).
Outcome list_cases(const Task& task);
Outcome next_case(const Task& task);
Outcome open_case(const Task& task);
Outcome status(const Task& task);

// claims.cpp
Outcome claim(const Task& task);
Outcome renew(const Task& task);
Outcome release(const Task& task);

// changes.cpp: one case; all need a live claim.
Outcome requalify(const Task& task);
Outcome reroute(const Task& task);
Outcome acknowledge(const Task& task);
Outcome answer_case(const Task& task);
Outcome withdraw(const Task& task);
Outcome close_case(const Task& task);

// letters_out.cpp
// The state of a case whose author has been told that it came: health expenses are another body's to answer,
// and the acknowledgement says so.
letter::State state_once_told(const Case& value);
Outcome hold(const Task& task);
Outcome posted(const Task& task);

// corrections.cpp
Outcome correct(const Task& task);
Outcome undo_correction(const Task& task, const Case& value, const letter::Event& event);

// regroup.cpp, proposals.cpp: two cases.
Outcome split(const Task& task);
Outcome join(const Task& task);
struct Merger {
  Case merged, grown;
};
// The letters of one open case to another, which keeps the earlier clock and every secret. Rights are the
// caller's to check.
Merger merge(const Task& task, const Case& from, const Case& into);
Outcome accept_join(const Task& task);
Outcome refuse_join(const Task& task);
Outcome undo_split(const Task& task, const Case& value, const letter::Event& event);
Outcome undo_join(const Task& task, const Case& value, const letter::Event& event);

// proposals.cpp: the joins to decide, as this asker may see them.
std::vector<letter::ProposedJoin> proposed_joins(const Task& task, const Case& value);

// checks.cpp
Outcome check(const Task& task);
Outcome check_answer(const Task& task);
// The letter that `letter` names, when this asker is checking it.
std::optional<letter::LetterId> check_in_hand(const Task& task);

// retention_verbs.cpp: pages of cases by reference, one after the other; `retention` changes nothing.
Outcome retention(const Task& task);
Outcome purge(const Task& task);
Outcome freeze(const Task& task);
Outcome thaw(const Task& task);

// undo.cpp
Outcome undo(const Task& task);

}  // namespace router
