// The house without its sockets and its real disk: ingest (vault, spool, hand-out) and the router's filing on
// a disk that loses what was not synced, with a network that drops, doubles and reorders, on a clock of its
// own. One thread, one seed: the same seed does the same again. Stations keep every letter until its receipt,
// as people keep the paper. SQLite itself is not in here: the register's commits go to a synced log of ours,
// begun anew at every start as SQLite's is by its checkpoint.
//
// The oracle is the receipt: whatever has one is there after every restart, and in the end in the register,
// once, its pages readable. Method: docs/decisions/0013-simulator.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sim {

// A mistake put in on purpose, to know that the simulator would find it.
enum class Planted { none, receipt_before_sync, filed_before_commit, blob_not_synced, names_not_synced };

struct Plan {
  std::uint64_t seed = 1;
  std::uint32_t faults = 10;  // crash points: kills, power cuts, failed steps
  Planted planted = Planted::none;
};

struct Story {
  std::uint64_t kills = 0, power_cuts = 0, failures = 0;  // faults that struck
  std::uint64_t letters = 0, receipts = 0, steps = 0;     // steps: of the disk
  std::vector<std::string> broken;                        // promises that did not hold; empty: none
  std::uint64_t faults() const { return kills + power_cuts + failures; }
};

// One life of one house, from its first letter until every letter is filed.
Story live(const Plan& plan);

}  // namespace sim
