// Letters sorted without a person, and the few of them that a person sorts again without knowing the
// program's answer. docs/decisions/0017-blind-checks.md tells why. Pure.
#pragma once

#include "router/clocks.hpp"
#include "router/clues.hpp"
#include "router/store.hpp"

namespace router {

// Whether this letter is checked: a keyed hash of its id decides, so that neither its writer nor who scans
// it can foresee it. `one_in` 0: none is.
bool is_picked(const letter::LetterId& id, const std::string& key, std::uint32_t one_in);

// On what the sorting rested: the program's choice, its strongest reason (as a keyed hash: it may be a word
// of the letter) and the model. None when a person was asked, or nothing was there to sort (a closed
// envelope).
std::optional<Automatic> automatic_of(const letter::SortedLetter& sorted, const FollowRules& rules,
                                      letter::Instant now);

struct CheckAnswer {
  letter::Queue queue = letter::Queue::autre;  // non_reclamation: no complaint
  bool is_complaint() const { return queue != letter::Queue::non_reclamation; }
};
bool agrees(const Automatic& one, const CheckAnswer& answer);

// The case after an error was found. A person's decision made meanwhile stands; a case that has ended stays
// as it is. A clock that runs goes on: a checker who sees no complaint only asks the desk to look.
Case repaired(const Case& value, const Automatic& one, const CheckAnswer& answer, const ClockRules& rules);

}  // namespace router
