// Who works on which letter: credit, leases, blame. Pure: every call is told the time, nothing is
// sent from here; ingest's loop carries out what `decide` returns.
//
// A letter's lease lasts from hand-out to Filed, whatever stage has it. Blame falls only on a letter
// that a worker had begun and not ended when the worker vanished or its child failed; a letter that
// was merely held or in a queue goes out again without blame.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "letter/wire.hpp"

namespace belt {

using Millis = std::chrono::milliseconds;  // of any monotonic clock

struct HandoutLimits {
  std::uint32_t attempts = 3, handouts = 20, in_flight = 64;
  Millis lease{30'000}, silence{3'000};
};

struct HandOut {
  std::string worker;
  letter::LetterId id;
};  // send the work to this worker
struct Blame {
  letter::LetterId id;
  std::uint32_t attempts;
  letter::Reason reason;
};  // sync this count
struct GiveUp {
  letter::LetterId id;
  letter::Reason reason;
};  // to a person, past the stages
struct WhoAreYou {
  std::string worker;
};  // unknown worker: ask for hello
using Decision = std::variant<HandOut, Blame, GiveUp, WhoAreYou>;

struct HandoutCounts {
  std::uint32_t waiting = 0, with_readers = 0, past_readers = 0, given_up = 0, readers = 0;
  std::optional<letter::LetterId> oldest;  // unfiled, by order of arrival
};

class Handout {
 public:
  explicit Handout(HandoutLimits limits);
  // A letter in the spool, in order of arrival; attempts as synced. Known ids are ignored.
  void add(const letter::LetterId& id, std::uint32_t attempts);
  // What a worker said. `worker` is its routing id.
  void hear(const std::string& worker, const letter::Progress& said, Millis now);
  // The worker cannot be reached any more (send_to failed).
  void lose(const std::string& worker, Millis now);
  void filed(const letter::LetterId& id);
  // What to do now; call after every event and at least every 100 ms.
  std::vector<Decision> decide(Millis now);
  HandoutCounts counts() const;

 private:
  struct Worker;
  struct Item;
  HandoutLimits limits_;
  std::map<std::string, Worker> workers_;
  std::map<letter::LetterId, Item> items_;
  std::vector<Decision> pending_;
  std::uint64_t arrivals_ = 0;
};

}  // namespace belt
