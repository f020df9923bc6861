// Filing: the last step of the journey, once for each letter id however often it comes.
#pragma once

#include "letter/filed.hpp"
#include "letter/wire.hpp"
#include "router/blind_check.hpp"
#include "router/clocks.hpp"
#include "router/follow_up.hpp"

namespace router {

struct FilingRules {
  ClockRules clocks;
  FollowRules follow;
  std::uint32_t check_one_in = 50;  // of the letters sorted without a person, for a blind check; 0 = none
};

// Opens a case, or joins the one that the letter belongs to (follow_up.hpp), sets the sending date and the
// clocks, queues it and writes the journal, all inside `transaction`. A known id changes nothing and gives
// the same case reference.
Case file_case(const letter::SortedLetter& sorted, Transaction& transaction, const FilingRules& rules,
               letter::Instant now);
// The same, told as a whole: with the case's history.
letter::FiledLetter file(const letter::SortedLetter& sorted, Transaction& transaction,
                         const FilingRules& rules, letter::Instant now);

}  // namespace router
