// A folder of scans with their truths, or one painted for the occasion.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/truth.hpp"

namespace cli {

struct KnownScan {
  std::filesystem::path scan;
  Truth truth;
};

// Every *.truth.json of the folder, by name. Faults: file.absent (no such folder), truth.none (no truth in
// it), truth.* and json.* (says which, counted by name), truth.scan (its scan is not there).
letter::Result<std::vector<KnownScan>> known_scans(const std::filesystem::path& dir);

std::vector<std::filesystem::path> files_of(const std::vector<KnownScan>& scans);

// A folder that is gone when this is.
class TemporaryFolder {
 public:
  TemporaryFolder();  // BrokenWorld when none can be made
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace cli
