#include "cli/hot_folder.hpp"

#include <string>
#include <system_error>

#include "ingest/watch.hpp"

namespace cli {

namespace fs = std::filesystem;

namespace {

bool any_file(const fs::path& dir, bool all) {
  std::error_code error;
  for (fs::directory_iterator entry(dir, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code gone;  // taken while we look: the next look tells
    if (entry->is_regular_file(gone) && (all || !ingest::is_ignored(entry->path().filename().string())))
      return true;
  }
  return false;
}

}  // namespace

bool holds_scans(const fs::path& hot_folder) {
  return any_file(hot_folder, false) || any_file(hot_folder / "work", true);
}

}  // namespace cli
