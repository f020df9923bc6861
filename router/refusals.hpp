// Why an errand that could be read is refused. The codes stand in docs/wire.md; programs compare them.
#pragma once

#include "letter/result.hpp"

namespace router {

enum class Refusal {
  bad_request,      // request name empty or too long
  unknown_verb,     //
  bad_argument,     // an argument is missing, unknown here or out of range
  reason_required,  // the change needs a reason
  no_such_case,     // unknown reference or wrong key
  not_allowed,      // this key has no right to that
  secret,           // medical: the medical service alone
  purged,           // its time was over: nothing but the proof is left
  claimed,          // somebody else holds it
  stale,            // no live claim with this fencing number
  wrong_state,      // not in the case's present state
  unread,           // a letter joined it by itself and nobody has opened the case since
  review_first,     // nobody has looked at it yet, and somebody must
  bad_answer_day,   // no day to promise an answer for
  no_change,        // it is so already
  use_requalify,    // complaint or not is decided by requalify
  no_such_field,    // the letter has no such field
  no_such_letter,   // no such letter in this case
  nothing_to_undo,  // no change of this claim left
  no_proposal,      // no such join was proposed, or it was decided already
  changed_since,    // something else has changed the same since
  no_such_page,     // no such page in this letter
  busy,             // too many pages asked for at once
  page_unreadable,  // the page could not be fetched or drawn
};

letter::Reason reason(Refusal refusal);
[[nodiscard]] tl::unexpected<letter::Reason> refused(Refusal refusal);

}  // namespace router
