// One house a state folder.
#pragma once

#include <filesystem>

namespace cli {

class RunLock {
 public:
  explicit RunLock(const std::filesystem::path& file);
  ~RunLock();
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;
  // False: another house holds it, or the file cannot be made.
  bool is_ours() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

}  // namespace cli
