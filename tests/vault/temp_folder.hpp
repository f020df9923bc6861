// A folder that is gone when the test is.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace vault {

struct TempFolder {
  std::filesystem::path path;
  TempFolder() {
    std::string made = (std::filesystem::temp_directory_path() / "vaguemestre-test-XXXXXX").string();
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
