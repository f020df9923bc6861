// Which case a letter belongs to: inside the filing transaction, so that two letters of one matter that
// arrive together end in one case. Rules: docs/decisions/0016-follow-ups.md.
#pragma once

#include "router/clues.hpp"
#include "router/store.hpp"

namespace router {

struct FollowUp {
  std::optional<Case> joins;           // the open case that the letter is of, beyond doubt
  std::string because;                 // "joins" (said by the operator), "reference", "contract+member", ...
  std::vector<Proposal> proposals;     // open cases it may be of; `from` is set by who files. At most three
  std::vector<letter::CaseRef> ended;  // cases it is of, beyond doubt, that have ended
  bool named_in_vain = false;  // a case was named, by the operator or in print, that has ended or is unknown
  bool other_person = false;   // it joins by its printed reference, but another date of birth stands in it
};

// The letter itself must not be attached yet.
FollowUp follow_up(const letter::SortedLetter& sorted, const Traces& traces, Transaction& transaction,
                   const FollowRules& rules);

// The case that took over, where this one was merged; none when the end of the chain is not open.
std::optional<Case> open_case_behind(const letter::CaseRef& ref, Transaction& transaction);

// Notes every letter of the register anew when its clues were made under another key or scheme, or never.
// Call once before the first filing. True when it was necessary.
bool note_all_anew(Transaction& transaction, const FollowRules& rules);

}  // namespace router
