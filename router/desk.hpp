// What a desk asks of the register, answered: the errands of letter/errand.hpp with their rights, leases
// and fencing numbers. Pure but for the transaction; docs/wire.md tells each verb with its arguments.
#pragma once

#include <chrono>

#include "letter/errand.hpp"
#include "router/file.hpp"
#include "router/retention.hpp"
#include "router/rights.hpp"
#include "router/store.hpp"

namespace router {

struct DeskRules {
  FilingRules filing;
  std::chrono::seconds lease{900};  // how long a claim holds unless renewed
  RetentionRules retention;
};

struct Moment {
  const DeskRules& rules;
  letter::Instant now;
};

// Every verb but `pages` (see pages.hpp) and `hand_over` (see hand_over.hpp). A refused errand has changed
// nothing.
letter::Answer run_errand(const letter::Errand& errand, const Asker& asker, Transaction& transaction,
                          const Moment& moment);

std::vector<std::string> verb_names();  // those that run_errand knows

// An answer that says only why not.
letter::Answer refusal(const letter::Errand& errand, const letter::Reason& reason);

}  // namespace router
