// The register read beside a router that goes on filing: every letter with the state of its case, which a
// reconciliation counts against, and a copy of it all.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "letter/filed.hpp"
#include "letter/letter.hpp"

namespace router {

struct RollLine {
  letter::LetterId id;
  letter::CaseRef ref;  // of the case that the letter lies in now
  std::uint32_t pages = 0;
  letter::State state = letter::State::registered;
  bool purged = false;  // its case's time was over: no sheet need be there
};

// `file` is the register's SQLite file; none there: nothing was ever filed. In order of arrival.
// BrokenWorld: it cannot be read.
std::vector<RollLine> read_roll(const std::filesystem::path& file);

// The register as it stands at one moment, in a new file `to`, without its log of pending writes; synced by
// the caller. BrokenWorld: it cannot be read or written, or `to` is there already.
void copy_register(const std::filesystem::path& file, const std::filesystem::path& to);

}  // namespace router
