// How long a case is kept once it has ended, and what keeps it longer. When its time is over its sheets and
// words are purged; the reference, dates, queue, digests and who did what stay as the proof.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "letter/period.hpp"
#include "router/store.hpp"

namespace router {

// By queue, in the order of letter::all_queues, from the day a case ended. Defaults and their reasons: domain
// rule 4.3, docs/decisions/0029.
struct RetentionRules {
  std::array<letter::Period, letter::queue_count> of_queue{};
  const letter::Period& of(letter::Queue queue) const { return of_queue.at(static_cast<std::size_t>(queue)); }
};

struct Keeping {
  letter::Day closed_on{};
  letter::Day kept_until{};  // from the next day on it may go
  bool operator==(const Keeping&) const = default;
};

// The day on which the case ended, by its history: its last answer, withdrawal, hand-over or joining. None:
// it is open, or nothing tells when it ended.
std::optional<letter::Day> closed_on(const Case& value, const std::vector<letter::Event>& history);

// The longest of: the time of its queue; that of its second service; for a complaint, the last day on which
// the mediator may be asked. What was no complaint: the time of non_reclamation alone.
Keeping keeping(const Case& value, letter::Day closed_on, const RetentionRules& rules);

}  // namespace router
