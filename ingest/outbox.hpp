// Which letters of a station to send now: a few at a time, again when no receipt comes. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <vector>

namespace ingest {

using Millis = std::chrono::milliseconds;  // of any monotonic clock

class Outbox {
 public:
  static constexpr std::size_t most_in_flight = 8;
  static constexpr Millis first_wait{2'000}, last_wait{30'000};  // for a receipt; doubles each time
  static constexpr Millis unsent_wait{200};                      // nobody there to send to

  void add(std::uint32_t letter);  // known: nothing
  // In order of number, at most as many as may be in flight.
  std::vector<std::uint32_t> due(Millis now) const;
  void sent(std::uint32_t letter, Millis now);
  void unsent(std::uint32_t letter, Millis now);
  void later(std::uint32_t letter, Millis now);  // ingest said: not now
  void settled(std::uint32_t letter);
  bool empty() const { return letters_.empty(); }

 private:
  struct Waiting {
    Millis due = Millis::min();
    Millis wait = first_wait;
    bool in_flight = false;
  };
  std::map<std::uint32_t, Waiting> letters_;
};

}  // namespace ingest
