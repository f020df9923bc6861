// Pages on a person's screen: a private file that goes away again, and the system's viewer.
#pragma once

#include <filesystem>
#include <string>

#include "letter/result.hpp"

namespace cli {

// A folder of our own (0700) under the system's temporary folder, made at the first page, removed with
// all in it when this goes.
class PageDrawer {
 public:
  PageDrawer() = default;
  ~PageDrawer();
  PageDrawer(const PageDrawer&) = delete;
  PageDrawer& operator=(const PageDrawer&) = delete;
  // Writes the bytes as a new file of ours (0600). Fault "file.unwritable".
  letter::Result<std::filesystem::path> keep(const std::string& name, const std::string& bytes);
  // Throws away what is kept.
  void clear();

 private:
  std::filesystem::path dir_;
};

// Shows the file in $VAGUEMESTRE_VIEWER, else with xdg-open where there is a screen. False: nobody can.
bool show(const std::filesystem::path& file);

}  // namespace cli
