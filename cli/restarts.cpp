#include "cli/restarts.hpp"

#include <algorithm>

namespace cli {

std::optional<letter::Instant> Restarts::died(letter::Instant now, Millis lived) {
  deaths_.push_back(now);
  while (now - deaths_.front() > window) deaths_.pop_front();
  if (deaths_.size() >= too_often) return std::nullopt;
  if (lived >= healthy) pause_ = first_pause;
  const letter::Instant again = now + pause_;
  pause_ = std::min(pause_ * 2, longest_pause);
  return again;
}

}  // namespace cli
