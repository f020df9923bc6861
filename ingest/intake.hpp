// Taking a letter in: stamp, vault, slip, spool, and only then the receipt. The order is the promise.
#pragma once

#include <functional>
#include <variant>

#include "ingest/spool.hpp"
#include "letter/wire.hpp"
#include "vault/vault.hpp"

namespace ingest {

struct DiskSpace {
  std::uint64_t free_bytes = 0, total_bytes = 0;
};

struct IntakeLimits {
  std::uint64_t floor_bytes = 1ull << 30;
  double floor_share = 0.05;
  std::uint32_t pages_a_letter = 200;
};

struct Arrival {
  letter::Submission submission;
  std::string user_id;  // who sent it
};

// Where letters are taken in, and what holds at that moment.
struct Intake {
  vault::Vault& vault;
  Spool& spool;
  IntakeLimits limits;
  DiskSpace space;
  letter::Instant now;
};

using Outcome = std::variant<letter::Receipt, letter::Refusal>;

// Takes in together what waits, under one round of syncs; an outcome for each, in their order.
// A receipt when the letter is on stable storage (a known id gets its first receipt again), else a
// refusal: bad hash, bad count, wrong station for `user_id`, no space (retry). BrokenWorld when the
// disk fails.
std::vector<Outcome> take_in(const std::vector<Arrival>& arrivals, const Intake& intake);

}  // namespace ingest
