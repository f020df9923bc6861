// One errand under way: who asks, for what, when; and the steps that many verbs share.
#pragma once

#include "router/case_text.hpp"
#include "router/desk.hpp"
#include "router/refusals.hpp"

namespace router {

struct Task {
  const letter::Errand& errand;
  const Asker& asker;
  Transaction& transaction;
  const Moment& moment;
};

using Outcome = letter::Result<letter::Answer>;

// An argument's text, "" when it is not there.
std::string argument(const Task& task, const std::string& name);
// A whole number up to `most`; `otherwise` when it is not there.
letter::Result<std::uint64_t> whole_argument(const Task& task, const std::string& name,
                                             std::uint64_t otherwise, std::uint64_t most);
// The reason that a change needs: 1 to 500 characters' bytes.
letter::Result<std::string> given_reason(const Task& task);

// The case of that reference; any asker, any state.
letter::Result<Case> case_named(const Task& task, const std::string& ref);
// The errand's case, which the asker may open.
letter::Result<Case> openable_case(const Task& task);
// The errand's case, which the asker holds under the errand's fencing number and may work on.
letter::Result<Case> held_case(const Task& task);
// The same for what ends it or stops its clock: no letter that joined by itself may go unread with it.
letter::Result<Case> held_case_all_read(const Task& task);
// The same for who only puts it back: the case may meanwhile be another queue's.
letter::Result<Case> held_case_of_any_queue(const Task& task);

bool is_live_claim(const Case& value, letter::Instant now);

void record(const Task& task, const letter::CaseRef& ref, const std::string& verb, Details what);
// Saves `after`, records `verb` with the difference and `what`, answers with the row. What comes under
// medical secrecy by it: first who had seen it.
letter::Answer change(const Task& task, const Case& before, const Case& after,
                      std::pair<std::string, Details> verb_and_what);
letter::CaseRow row_of(const Task& task, const Case& value);
letter::Answer row_answer(const Task& task, const Case& value);

}  // namespace router
