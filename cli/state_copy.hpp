// A house's whole state in another folder, taken while the house works, and put back from there.
//
// The copied books answer for one another: each receipt in a station's journal is in the spool, each letter
// of the spool is claimed in its journal and lies in the vault, each filing is in the register and each
// letter of the register in the spool. A letter may come again after a restore (and is known by its number).
#pragma once

#include <cstdint>
#include <filesystem>

#include "letter/result.hpp"

namespace cli {

struct Copied {
  std::uint64_t files = 0, bytes = 0;
};

// The name of the list that makes a folder a whole backup: a line a file, "SHA256  PATH", as sha256sum writes
// and checks them. It is written last.
inline constexpr const char* list_of_backup = "SHA256SUMS";

// Into `to`, which must be absent or empty (made 0700; parents must exist). Locks, sockets, logs and half
// written files are left out. Faults: backup.no_state, backup.not_empty,
// log.damaged or manifest.unreadable (a book). BrokenWorld when a disk fails.
letter::Result<Copied> back_up(const std::filesystem::path& state, const std::filesystem::path& to);

// From `from` into `state`, which must be absent or empty: every file is checked against the list before
// `state` gets its name. Faults: backup.no_list, backup.changed (a file is absent or not as it was),
// backup.not_empty. BrokenWorld when a disk fails.
letter::Result<Copied> restore(const std::filesystem::path& from, const std::filesystem::path& state);

}  // namespace cli
