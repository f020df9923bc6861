#include "router/register_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "letter/result.hpp"

namespace router {

void sync_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!synced) throw letter::BrokenWorld("cannot sync folder " + folder.string());
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  if (std::filesystem::create_directories(folder, failed)) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
    sync_folder(std::filesystem::absolute(folder).parent_path());
  }
  if (failed) throw letter::BrokenWorld("cannot make folder " + folder.string());
}

}  // namespace router
