// Which files of a hot folder lie there whole. An event only makes it quicker: the folder is listed
// anyway, so a missed event loses nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ingest {

using Millis = std::chrono::milliseconds;  // of any monotonic clock

// Dotfiles, *.part, *.tmp, Thumbs.db, desktop.ini, ~$*: never taken.
bool is_ignored(const std::string& name);

class Watch {
 public:
  Watch(std::filesystem::path dir, Millis quiet);  // BrokenWorld: no such folder, no inotify
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  int fd() const { return fd_; }  // readable when something happened in the folder
  void drain();                   // takes note of what happened

  // Files whose size and time of change lay still for `quiet` and that nobody has open for writing, the
  // oldest first. Where the system does not tell about writers, events do, for 60 times `quiet`. An
  // empty file nobody was seen closing must lie still 30 times `quiet`.
  std::vector<std::string> whole(Millis now);

 private:
  struct Sighting {
    std::uint64_t size = 0;
    std::int64_t changed_ns = -1;
    std::uint64_t inode = 0;
    Millis since{0};
    bool writing = false;  // an event said so, and none said that it ended
    bool closed = false;
  };
  void hear(std::uint32_t mask, const std::string& name);

  std::filesystem::path dir_;
  Millis quiet_;
  int fd_ = -1;
  std::map<std::string, Sighting> seen_;
};

}  // namespace ingest
