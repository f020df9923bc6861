// A file that lies in memory and nowhere else: how bytes pass between a walled child and its parent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace page {

class MemoryFile {
 public:
  MemoryFile();  // empty, close-on-exec; BrokenWorld without one
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

// What such a file holds, however long; asks no path. At most `most` bytes, else "".
std::string whole_file(int fd, std::uint64_t most);
// From the file's beginning. False: there is no room.
bool put_file(int fd, std::string_view bytes);

}  // namespace page
