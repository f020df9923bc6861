#include "vault/disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <deque>
#include <fstream>
#include <future>

namespace vault {
namespace {

constexpr std::size_t most_syncs_at_once = 64;
constexpr std::uint64_t most_dirty_kb = 32 * 1024;  // tenths of a second on a slow disk

// Says the folder and not the file: an original file name may hold a person's name.
[[noreturn]] void broken(const char* what, const std::filesystem::path& path) {
  const int error = errno;
  throw letter::BrokenWorld(std::string("disk: ") + what + " in " + path.parent_path().string() + ": " +
                            std::strerror(error));
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags, mode_t mode = 0)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)), path_(path) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  bool is_open() const { return fd_ >= 0; }
  int fd() const { return fd_; }

  void write(const std::string& bytes) const {
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t n = ::write(fd_, bytes.data() + done, bytes.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) broken("write", path_);
      done += static_cast<std::size_t>(n);
    }
  }
  void sync() const {
    if (::fdatasync(fd_) != 0) broken("fdatasync", path_);
  }
  void sync_file_system() const {
    if (::syncfs(fd_) != 0) broken("syncfs", path_ / "x");
  }
  dev_t device() const {
    struct stat facts {};
    if (::fstat(fd_, &facts) != 0) broken("fstat", path_);
    return facts.st_dev;
  }
  void sync_names() const {
    if (::fsync(fd_) != 0) broken("fsync", path_ / "x");
  }
  // An error that only close reports (NFS, quotas) counts like one of write.
  void close() {
    const int fd = fd_;
    fd_ = -1;
    if (::close(fd) != 0) broken("close", path_);
  }

 private:
  int fd_;
  std::filesystem::path path_;
};

// syncfs tells of pages that could not be written since Linux 5.8; before, it says that all is well.
bool is_syncfs_honest() {
  constexpr int first_major = 5, first_minor = 8;
  utsname system{};
  int major = 0, minor = 0;
  if (::uname(&system) != 0 || std::sscanf(system.release, "%d.%d", &major, &minor) != 2) return false;
  return major > first_major || (major == first_major && minor >= first_minor);
}

// What the whole machine has yet to write, for syncfs waits for strangers' bytes too. Not told: more than
// any.
std::uint64_t dirty_kb() {
  std::ifstream in("/proc/meminfo");
  std::string word;
  std::uint64_t kb = 0, sum = 0;
  int found = 0;
  while (found < 2 && in >> word)
    if ((word == "Dirty:" || word == "Writeback:") && in >> kb) sum += kb, ++found;
  return found == 2 ? sum : UINT64_MAX;
}

// One sync of the whole file system instead of one of each: it costs one wait and no threads. False: not
// here, or not now. The folders were opened before anything was written, or a page lost since would not be
// told.
bool sync_all_at_once(const std::deque<Descriptor>& files, const std::deque<Descriptor>& folders) {
  static const bool honest = is_syncfs_honest();
  if (!honest || files.empty() || folders.empty() || dirty_kb() > most_dirty_kb) return false;
  const dev_t device = folders.front().device();
  const auto is_elsewhere = [&](const Descriptor& one) { return one.device() != device; };
  if (std::ranges::any_of(files, is_elsewhere) || std::ranges::any_of(folders, is_elsewhere)) return false;
  folders.front().sync_file_system();
  // ext4 that is shut down may answer syncfs with success, and fdatasync with the error.
  files.front().sync();
  return true;
}

// Syncs that wait together share one commit of the file system: a thread each, as far as that goes. The
// first failure is thrown when all have ended.
void sync_together(const std::deque<Descriptor>& files, const std::deque<Descriptor>& folders) {
  if (sync_all_at_once(files, folders)) return;
  const auto sync_one = [&](std::size_t i) {
    i < files.size() ? files[i].sync() : folders[i - files.size()].sync_names();
  };
  const std::size_t all = files.size() + folders.size(), threads = std::min(all, most_syncs_at_once);
  std::vector<std::future<void>> syncing;
  for (std::size_t first = 1; first < threads; ++first)
    syncing.push_back(std::async(std::launch::async, [=, &sync_one] {
      for (std::size_t i = first; i < all; i += threads) sync_one(i);
    }));
  for (std::size_t i = 0; i < all; i += threads) sync_one(i);
  for (auto& others : syncing) others.get();
}

}  // namespace

void Disk::write_all_synced(const std::vector<NewFile>& files,
                            const std::vector<std::filesystem::path>& folders) {
  for (const NewFile& file : files) write_synced(file.file, file.bytes, file.mode);
  for (const auto& dir : folders) sync_folder(dir);
}

std::optional<std::string> SystemDisk::read(const std::filesystem::path& file) const {
  Descriptor in(file, O_RDONLY);
  if (!in.is_open()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    broken("open", file);
  }
  struct stat facts {};
  if (::fstat(in.fd(), &facts) != 0) broken("fstat", file);
  std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::read(in.fd(), bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) broken("read", file);
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  bytes.resize(done);
  return bytes;
}

bool SystemDisk::exists(const std::filesystem::path& path) const {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) == 0) return true;
  if (errno == ENOENT || errno == ENOTDIR) return false;
  broken("lstat", path);
}

std::vector<std::string> SystemDisk::names(const std::filesystem::path& dir) const {
  std::vector<std::string> found;
  DIR* listing = ::opendir(dir.c_str());
  if (listing == nullptr) {
    if (errno == ENOENT || errno == ENOTDIR) return found;
    broken("opendir", dir / "x");
  }
  while (const dirent* entry = ::readdir(listing)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") found.push_back(name);
  }
  ::closedir(listing);
  std::sort(found.begin(), found.end());
  return found;
}

void SystemDisk::write_synced(const std::filesystem::path& file, const std::string& bytes, mode_t mode) {
  write_all_synced({{file, bytes, mode}}, {});
}

void SystemDisk::write_all_synced(const std::vector<NewFile>& files,
                                  const std::vector<std::filesystem::path>& folders) {
  std::deque<Descriptor> written, open;
  for (const auto& dir : folders)
    if (!open.emplace_back(dir, O_RDONLY | O_DIRECTORY).is_open()) broken("open folder", dir / "x");
  for (const NewFile& file : files) {
    const Descriptor& out =
        written.emplace_back(file.file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, file.mode);
    if (!out.is_open()) broken("create", file.file);
    if (::fchmod(out.fd(), file.mode) != 0)
      broken("fchmod", file.file);  // the daemons' umask would take too much
    out.write(file.bytes);
  }
  sync_together(written, open);
  for (Descriptor& file : written) file.close();
}

void SystemDisk::append(const std::filesystem::path& file, const std::string& bytes, bool synced) {
  Descriptor out(file, O_WRONLY | O_APPEND | O_NOFOLLOW);
  if (!out.is_open()) broken("open to append", file);
  out.write(bytes);
  if (synced) out.sync();
  out.close();
}

void SystemDisk::sync_file(const std::filesystem::path& file) {
  Descriptor in(file, O_RDONLY);
  if (!in.is_open()) broken("open to sync", file);
  if (::fsync(in.fd()) != 0) broken("fsync", file);
}

void SystemDisk::sync_folder(const std::filesystem::path& dir) { write_all_synced({}, {dir}); }

bool SystemDisk::make_folder(const std::filesystem::path& dir, mode_t mode) {
  if (::mkdir(dir.c_str(), mode) != 0) {
    if (errno == EEXIST) return false;
    broken("mkdir", dir);
  }
  if (::chmod(dir.c_str(), mode) != 0) broken("chmod", dir);  // whatever the umask says
  return true;
}

void SystemDisk::replace(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) broken("rename", to);
}

Move SystemDisk::move(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return Move::done;
  if (errno == EEXIST) return Move::taken;
  if (errno == ENOENT) return Move::gone;
  if (errno != EINVAL && errno != ENOSYS) broken("rename", to);
  // A file system without RENAME_NOREPLACE (NFS): a second name, then the first one away.
  if (::link(from.c_str(), to.c_str()) != 0) {
    if (errno == EEXIST) return Move::taken;
    if (errno == ENOENT) return Move::gone;
    broken("link", to);
  }
  if (::unlink(from.c_str()) != 0) broken("unlink", from);
  return Move::done;
}

void SystemDisk::remove(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) != 0 && errno != ENOENT) broken("unlink", file);
}

std::unique_ptr<Lock> SystemDisk::lock(const std::filesystem::path& file) {
  return std::make_unique<LockFile>(file);
}

void write_durably(Disk& disk, const std::filesystem::path& file, const std::string& bytes, mode_t mode) {
  const std::filesystem::path fresh = file.parent_path() / ("." + file.filename().string() + ".new");
  disk.write_synced(fresh, bytes, mode);
  disk.replace(fresh, file);
  disk.sync_folder(file.parent_path());
}

void make_folder_durably(Disk& disk, const std::filesystem::path& dir, mode_t mode) {
  const std::filesystem::path parent = dir.parent_path();
  if (dir.empty() || parent == dir) return;
  // That it is there may be news from a life whose sync failed: it is believed only once its name is synced.
  // Its parent's own name was, before this folder was made in it.
  if (!disk.exists(dir)) {
    if (!parent.empty()) make_folder_durably(disk, parent, mode);
    disk.make_folder(dir, mode);
  }
  disk.sync_folder(parent.empty() ? "." : parent);
}

Move move_durably(Disk& disk, const std::filesystem::path& from, const std::filesystem::path& to) {
  const Move moved = disk.move(from, to);
  if (moved != Move::done) return moved;
  disk.sync_folder(to.parent_path());
  if (to.parent_path() != from.parent_path()) disk.sync_folder(from.parent_path());
  return moved;
}

LockFile::LockFile(const std::filesystem::path& file, int patience_ms)
    : fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  constexpr int look_ms = 50;
  if (fd_ < 0) broken("open the lock", file);
  while (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    const int error = errno;
    if (error == EWOULDBLOCK && patience_ms > 0) {
      patience_ms -= look_ms;
      ::poll(nullptr, 0, look_ms);
      continue;
    }
    ::close(fd_);
    errno = error;
    broken("another process holds the lock", file);
  }
}

std::unique_ptr<LockFile> LockFile::if_free(const std::filesystem::path& file) {
  std::unique_ptr<LockFile> lock(new LockFile);
  lock->fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock->fd_ < 0) broken("open the lock", file);
  if (::flock(lock->fd_, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) broken("lock", file);
  return nullptr;
}

LockFile::~LockFile() { ::close(fd_); }

}  // namespace vault
