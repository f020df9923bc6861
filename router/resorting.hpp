// What becomes of a case when a person sorts it. Pure: rights and reasons are the caller's.
#pragma once

#include "router/clocks.hpp"
#include "router/store.hpp"

namespace router {

// No complaint after all: the clock stops, the queue that had it stays informed, secrecy stays.
Case as_request(Case value);
// A complaint: its clock runs from the sending date. No queue: the one it has, or for a request its
// secondary.
Case as_complaint(Case value, std::optional<letter::Queue> queue, const ClockRules& rules);
// To another queue, the clock untouched. Leaving the medical queue does not by itself end the secret.
Case as_rerouted(Case value, letter::Queue queue);

}  // namespace router
