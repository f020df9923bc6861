// A case as named texts: what an event keeps of it, so that a change can be shown and undone.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "router/event_text.hpp"
#include "router/store.hpp"

namespace router {

// What a desk may change of a case: queue, secondary, state, is_complaint, needs_review, complainant,
// sent_on, sent_basis, sent_conflict, first_complaint, answer_told, deadlines (dates and rule-set, or ""),
// merged_into.
Details texts_of(const Case& value);

// "was.NAME" and "now.NAME" of every text that differs.
Details difference(const Case& before, const Case& after);

// True when the case still says what `what` says it was changed to.
bool still_says(const Case& value, const Details& what);

// `value` with every "was.NAME" of `what` put back.
Case restored(Case value, const Details& what);

// Details that tell who wrote or what was written, and those that a person typed beside them.
inline constexpr std::array personal_details{"was.complainant", "now.complainant", "was.text", "now.text"};
inline constexpr std::array typed_details{"reason", "circumstances", "stage", "dysfunction",
                                          "corrective_action"};

// All of them, and whether `what` has one.
inline constexpr auto worded = [] {
  std::array<const char*, personal_details.size() + typed_details.size()> all{};
  std::copy(typed_details.begin(), typed_details.end(),
            std::copy(personal_details.begin(), personal_details.end(), all.begin()));
  return all;
}();
bool holds_words(const Details& what);

// Every desk in a case's history, "desk:a,desk:b": who had seen it before it came under the secret.
std::string seen_by(const std::vector<letter::Event>& history);

// `what` without what may tell who wrote or what was written: for those who may read the history but
// not the letter.
Details without_personal(const Details& what);

}  // namespace router
