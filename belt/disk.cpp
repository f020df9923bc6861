#include "belt/disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "letter/result.hpp"

namespace belt {
namespace {

using letter::BrokenWorld;

[[noreturn]] void broken(const std::string& what, const std::filesystem::path& where) {
  throw BrokenWorld(what + " " + where.string() + ": " + std::strerror(errno));
}

class File {
 public:
  File(const std::filesystem::path& path, int flags, mode_t mode)
      : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (fd_ < 0) broken("cannot open", path_);
  }
  ~File() { ::close(fd_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) broken("cannot write", path_);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() {
    if (::fsync(fd_) != 0) broken("cannot sync", path_);
  }

 private:
  std::filesystem::path path_;
  int fd_;
};

}  // namespace

void write_synced(const std::filesystem::path& file, std::string_view bytes) {
  const auto temporary = file.parent_path() / ("." + file.filename().string() + ".new");
  {
    File out(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
    out.write(bytes);
    out.sync();
  }
  if (::rename(temporary.c_str(), file.c_str()) != 0) broken("cannot rename to", file);
  File(file.parent_path(), O_RDONLY | O_DIRECTORY, 0).sync();
}

std::optional<std::string> read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return std::nullopt;
  return bytes;
}

void own_folder(const std::filesystem::path& dir) {
  std::error_code failed;
  if (const auto parent = dir.parent_path(); !parent.empty() && !std::filesystem::exists(parent, failed))
    std::filesystem::create_directories(parent, failed);
  if (::mkdir(dir.c_str(), 0700) == 0) return;
  if (errno != EEXIST) broken("cannot make the folder", dir);
  struct stat found {};
  if (::lstat(dir.c_str(), &found) != 0) broken("cannot look at the folder", dir);
  const bool ours = S_ISDIR(found.st_mode) && (found.st_uid == ::geteuid() || found.st_uid == 0);
  if (!ours || (found.st_mode & 0022) != 0)
    throw BrokenWorld("the folder " + dir.string() +
                      " must be a folder of this user that no other may write to");
}

}  // namespace belt
