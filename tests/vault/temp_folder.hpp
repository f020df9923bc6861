// A folder that is gone when the test is; in memory where the machine has such a place, since tests ask
// for thousands of syncs.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace vault {

struct TempFolder {
  std::filesystem::path path;
  TempFolder() {
    const std::filesystem::path memory = "/dev/shm";
    const bool there = ::access(memory.c_str(), W_OK) == 0;
    const auto place = there ? memory : std::filesystem::temp_directory_path();
    std::string made = (place / "vaguemestre-test-XXXXXX").string();
    if (::mkdtemp(made.data()) == nullptr) std::abort();
    path = made;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
};

}  // namespace vault
