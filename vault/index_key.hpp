// The key under which the register recognises people's numbers and names without writing them down again.
// It lies beside the register's other keys, never in the register: a copy of the register alone tells
// nothing.
#pragma once

#include <filesystem>
#include <string>

#include "letter/result.hpp"

namespace vault {

// Makes DIR/index.key (0600, synced; 32 random bytes) unless it is there. Losing it loses nothing: a new one
// is made and the router notes every letter again. BrokenWorld when the disk fails.
void make_index_key(const std::filesystem::path& keys_dir);
// The raw key. Faults: key.missing, key.unreadable.
letter::Result<std::string> load_index_key(const std::filesystem::path& keys_dir);

// BLAKE2b under the key, 16 bytes: who lacks the key can neither make nor try it. The key has 16 to 64
// bytes, or none (tests).
std::string keyed_hash(const std::string& bytes, const std::string& key);

}  // namespace vault
