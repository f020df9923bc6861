// What people decided of letters, kept as events, and given out to who teaches the sorter.
#pragma once

#include "router/event_text.hpp"
#include "router/task.hpp"

namespace router {

// A person's decision on one letter.
struct Decision {
  letter::LetterId id;
  letter::Queue queue = letter::Queue::autre;
  std::optional<letter::Queue> secondary;
  bool is_complaint = true;
  bool automatic = false;  // the program had decided alone
  std::string source;      // "reroute" | "blind_check" | "review"
};
// "decided.NAME" and "letter": what an event keeps of it.
Details decision(const Decision& decision);

// The decision that a desk makes by changing a case: on its first letter, which is what opened it.
Details decision_on(const Task& task, const Case& before, const Case& after);

// The verb `corrections`: args: after=SEQ (default 0), limit=N (1-200, default 100). The last decision on
// each letter, undone ones left out, by seq. Texts: sorter, of what is not medical; desks, of their cases.
// Who may: sorter, ops, auditor (both without texts), desks. `facts.next` when there may be more.
letter::Result<letter::Answer> corrections(const Task& task);

}  // namespace router
