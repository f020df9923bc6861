// The journal of a register on disk, read beside whoever works on it.
#pragma once

#include <filesystem>
#include <functional>

#include "router/journal.hpp"

namespace router {

// Every event in order. BrokenWorld: no register, or not readable.
void for_each_journal_row(const std::filesystem::path& register_file,
                          const std::function<void(const JournalRow&)>& work);

}  // namespace router
