// Which folders of pages in a hot folder lie there whole: a scanner that writes one file a page.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ingest/watch.hpp"

namespace ingest {

class FolderWatch {
 public:
  // `quiet`: a feeder pauses longer between two pages than a file between two writes.
  FolderWatch(std::filesystem::path dir, Millis quiet);
  // Names of folders with a page in them whose files have not changed for `quiet`, in the order of their
  // names. The tray's own folders and ignored names are none.
  std::vector<std::string> whole(Millis now);

 private:
  struct Sighting {
    std::string pages;  // names, sizes and times of change
    Millis since{0};
  };
  std::filesystem::path dir_;
  Millis quiet_;
  std::map<std::string, Sighting> seen_;
};

}  // namespace ingest
