// Notices that the machine's clock was set while a process ran. Pure: it is told both clocks.
#pragma once

#include <chrono>
#include <optional>

#include "letter/when.hpp"

namespace belt {

class ClockWatch {
 public:
  using Millis = std::chrono::milliseconds;
  static constexpr Millis least{1000};  // what is set by little at a time (NTP) is no jump

  // How far `wall` went ahead of `steady` (any monotonic clock) since the last look, back when negative;
  // nullopt: it went along.
  std::optional<Millis> look(letter::Instant wall, Millis steady) {
    const Millis apart = wall.time_since_epoch() - steady;
    const Millis by = apart - apart_.value_or(apart);
    apart_ = apart;
    if (by < least && -by < least) return std::nullopt;
    return by;
  }

 private:
  std::optional<Millis> apart_;
};

}  // namespace belt
