// Who works on which letter: credit, leases, blame. Pure: every call is told the time, nothing is
// sent from here; ingest's loop carries out what `decide` returns.
//
// A letter's lease lasts from hand-out to Filed, whatever stage has it. Blame falls only on a letter
// that a worker had begun and not ended when the worker vanished or its child failed; a letter that
// was merely held or in a queue goes out again without blame. A worker that says `bye` has not vanished.
//
// `ready` says how many more letters a reader takes (it replaces what was said before); beyond that no reader
// ever holds more than two, one being read and one more. Every sign of life renews the leases of what the
// worker has begun, and of what waits behind it. A worker that says hello again says `ready` and `begin`
// again too. While no classify or no router loop is alive, letters past the readers wait for it: their leases
// stand still. Silence is not held against anybody while the caller itself did not look (`decide` came late).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
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
  // The worker cannot be reached (send_to failed): what it had not begun goes out again at once. What it had
  // begun is judged when `silence` is over, since a worker that lives may come back on a new connection.
  void lose(const std::string& worker, Millis now);
  void filed(const letter::LetterId& id);
  // What to do now; call after every event and at least every 100 ms.
  std::vector<Decision> decide(Millis now);
  HandoutCounts counts() const;

 private:
  enum class Place { waiting, with_reader, past_readers, given_up };
  struct Item {
    std::uint64_t arrival = 0;
    std::uint32_t attempts = 0, handouts = 0;
    Place place = Place::waiting;
    std::string holder;    // with_reader: the worker it was handed to
    Millis lease_until{};  // any place but waiting
  };
  struct Worker {
    std::string stage, instance;
    std::uint32_t credit = 0;
    Millis heard{};
    bool unreachable = false;
    std::set<letter::LetterId> held;   // readers: handed to it and not ended
    std::set<letter::LetterId> begun;  // what it works on now
    bool is_reader() const { return stage == "ocr"; }
  };

  void greet(const std::string& worker, const letter::Progress& said, Millis now);
  void begin(const std::string& name, Worker& worker, const letter::LetterId& id);
  void end(const std::string& name, Worker& worker, const letter::LetterId& id);
  void failed(const std::string& name, Worker& worker, const letter::Progress& said);
  void renew_leases(const Worker& worker, Millis now);
  void leave(const std::string& worker, bool vanished, Millis now);
  void drop_from(const std::string& worker, const letter::LetterId& id, bool was_reader, Millis now);
  bool blame(const letter::LetterId& id, const letter::Reason& reason, Millis now);
  void again(const letter::LetterId& id, Millis now);
  void place(const letter::LetterId& id, Item& item, Place place, Millis now);
  void give_up(const letter::LetterId& id, const letter::Reason& reason, Millis now);
  void forgive_own_deafness(Millis now);
  void expire(Millis now);
  bool stage_is_here(std::string_view stage) const;
  Worker* next_reader(std::string* name);
  void hand_out(Millis now);

  HandoutLimits limits_;
  std::map<std::string, Worker> workers_;
  std::map<letter::LetterId, Item> items_;
  std::map<std::uint64_t, letter::LetterId> waiting_;  // by arrival
  std::set<letter::LetterId> afloat_;                  // with_reader and past_readers
  std::vector<Decision> pending_;
  std::optional<Millis> last_look_;
  std::uint64_t arrivals_ = 0;
};

}  // namespace belt
