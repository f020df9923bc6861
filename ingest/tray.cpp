#include "ingest/tray.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "page/sheets.hpp"

namespace ingest {
namespace {

constexpr unsigned most_names = 100'000;

letter::Result<std::string> unreadable() {
  return letter::fault("station.unreadable", "Ce fichier ne peut pas être lu.", "This file cannot be read.");
}

letter::Result<std::string> read_open(int fd) {
  struct stat facts {};
  if (::fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode)) return unreadable();
  std::string bytes, piece(1u << 16, '\0');
  for (;;) {
    const ssize_t n = ::read(fd, piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return unreadable();
    if (n == 0) return bytes;
    bytes.append(piece, 0, static_cast<std::size_t>(n));
    if (bytes.size() > page::most_file_bytes) return page::sheets_fault("too_large");
  }
}

}  // namespace

std::string numbered(const std::string& name, unsigned n) {
  const std::filesystem::path path(name);
  return path.stem().string() + "-" + std::to_string(n) + path.extension().string();
}

Tray::Tray(std::filesystem::path hot, std::shared_ptr<vault::Disk> disk)
    : hot_(std::move(hot)), disk_(std::move(disk)) {
  struct stat facts {};
  if (::stat(hot_.c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode))
    throw letter::BrokenWorld("there is no hot folder " + hot_.string());
  folder_mode_ = facts.st_mode & 0777;
  for (const char* name : {"work", "done", "failed"})
    vault::make_folder_durably(*disk_, hot_ / name, folder_mode_);
}

std::optional<letter::Result<std::string>> Tray::read(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return std::nullopt;
  if (fd < 0) return unreadable();
  auto bytes = read_open(fd);
  ::close(fd);
  return bytes;
}

std::vector<std::string> Tray::at_work() const { return disk_->names(hot_ / "work"); }

vault::Move Tray::claim(const std::string& name, const std::string& work_name) {
  return vault::move_durably(*disk_, hot(name), work(work_name));
}

void Tray::put(const std::string& work_name, const std::filesystem::path& dir, const std::string& name) {
  for (unsigned n = 1; n < most_names; ++n) {
    const auto to = dir / (n == 1 ? name : numbered(name, n));
    if (vault::move_durably(*disk_, work(work_name), to) != vault::Move::taken) return;
  }
  throw letter::BrokenWorld("too many files of one name in " + dir.string());
}

void Tray::give_back(const std::string& work_name, const std::string& name) { put(work_name, hot_, name); }

void Tray::to_done(const std::string& work_name, const std::string& name, letter::Day day) {
  const auto dir = hot_ / "done" / letter::iso(day);
  vault::make_folder_durably(*disk_, dir, folder_mode_);
  put(work_name, dir, name);
}

// The reason comes first: a file in failed/ without one is the worse half of a crash.
void Tray::to_failed(const std::string& work_name, const std::string& name, const std::string& why) {
  const auto dir = hot_ / "failed";
  std::string free_name = name;
  for (unsigned n = 2; disk_->exists(dir / free_name) && n < most_names; ++n) free_name = numbered(name, n);
  if (!disk_->exists(work(work_name))) return;
  const mode_t readable = folder_mode_ & 0666;
  vault::write_durably(*disk_, dir / (free_name + ".reason.txt"), why, readable);
  put(work_name, dir, free_name);
}

void Tray::keep(const std::string& work_name, const std::string& bytes) {
  vault::write_durably(*disk_, work(work_name), bytes);
}

void Tray::remove(const std::string& work_name) { disk_->remove(work(work_name)); }

}  // namespace ingest
