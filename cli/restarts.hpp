// When a daemon that died is started again, and when the house gives up on it. Pure.
#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "letter/when.hpp"

namespace cli {

class Restarts {
 public:
  using Millis = std::chrono::milliseconds;
  static constexpr Millis first_pause{100};
  static constexpr Millis longest_pause{1000};  // with its own start-up, a daemon is back within 2 s
  static constexpr Millis healthy{10'000};      // lived this long: the next pause is the first again
  static constexpr Millis window{60'000};
  static constexpr std::size_t too_often = 20;  // deaths within the window

  // It died at `now` after having lived so long. When to start it again; nullopt: it died too often.
  std::optional<letter::Instant> died(letter::Instant now, Millis lived);

 private:
  std::deque<letter::Instant> deaths_;
  Millis pause_ = first_pause;
};

}  // namespace cli
