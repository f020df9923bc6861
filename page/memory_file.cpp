#include "page/memory_file.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "letter/result.hpp"

namespace page {

MemoryFile::MemoryFile() : fd_(::memfd_create("page", MFD_CLOEXEC)) {
  if (fd_ < 0) throw letter::BrokenWorld("memfd_create failed");
}

MemoryFile::~MemoryFile() { ::close(fd_); }

std::string whole_file(int fd, std::uint64_t most) {
  const off_t size = ::lseek(fd, 0, SEEK_END);
  if (size <= 0 || static_cast<std::uint64_t>(size) > most) return "";
  std::string bytes(static_cast<std::size_t>(size), '\0');
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n = ::pread(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return "";
    done += static_cast<std::size_t>(n);
  }
  return bytes;
}

bool put_file(int fd, std::string_view bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n = ::pwrite(fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace page
