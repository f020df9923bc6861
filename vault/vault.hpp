// Where sheets rest: write-once, encrypted with a key of each letter's own, content-checked.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "letter/letter.hpp"

namespace vault {

// What is to be kept of one letter: its masters' bytes in the order of letter.masters.
struct Parcel {
  const letter::Letter& letter;
  const std::vector<std::string>& masters;
};

// A port: DirectoryVault on disk, MemoryVault in tests. Everything put is on stable storage when
// `put` returns; a failed sync throws BrokenWorld and is never retried.
class Vault {
 public:
  virtual ~Vault() = default;
  // Keeps each letter's masters and its write-once slip (id, station, received_at); no id comes twice. A
  // blob that is there already is re-hashed and re-synced; another content under the same letter and hash is
  // BrokenWorld.
  // Gives, for each, the received_at of the slip: the first one, where an earlier attempt got that far.
  // Faults: vault.other_content (the slip under this id names other masters), vault.no_key (kept
  // here once and now sealed for another service).
  virtual std::vector<letter::Result<letter::Instant>> put_all(const std::vector<Parcel>& parcels) = 0;
  letter::Result<letter::Instant> put(const letter::Letter& letter, const std::vector<std::string>& masters) {
    return put_all({{letter, masters}}).front();
  }
  // The plain bytes of master `index`. Faults: vault.absent, vault.forged (content does not match its
  // hash), vault.no_key (rewrapped to another service).
  virtual letter::Result<std::string> get(const letter::Letter& letter, std::uint32_t index) const = 0;
  // Every letter that has a slip.
  virtual std::vector<letter::LetterId> list() const = 0;
};

std::string sha256_hex(const std::string& bytes);

}  // namespace vault
