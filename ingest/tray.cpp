#include "ingest/tray.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "ingest/watch.hpp"
#include "page/sheets.hpp"

namespace ingest {
namespace {

constexpr const char* quality_ending = ".quality.json";
constexpr unsigned most_names = 100'000;
constexpr std::uint64_t most_stack_bytes = 256u << 20;
constexpr std::array<const char*, 4> own_folders{"work", "done", "failed", "sealed"};

tl::unexpected<letter::Reason> unreadable() {
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

// The leading digits' end.
std::size_t digits_end(const std::string& text, std::size_t at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at;
}

letter::Result<std::vector<std::string>> read_folder(const std::filesystem::path& dir) {
  std::vector<std::string> names, files;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(dir, error), end; !error && entry != end;
       entry.increment(error))
    if (!is_ignored(entry->path().filename().string())) names.push_back(entry->path().filename().string());
  if (error) return unreadable();
  std::ranges::sort(names, comes_before);
  std::uint64_t bytes = 0;
  for (const std::string& name : names) {
    auto file = Tray::read(dir / name);
    if (!file) return unreadable();
    if (!*file) return tl::unexpected(file->error());
    bytes += (*file)->size();
    if (bytes > most_stack_bytes) return page::sheets_fault("too_large");
    files.push_back(std::move(**file));
  }
  if (files.empty())
    return letter::fault("station.empty_folder", "Ce dossier ne contient aucune page.",
                         "This folder holds no page.");
  return files;
}

}  // namespace

bool is_of_the_tray(const std::string& name) {
  return std::ranges::any_of(own_folders, [&](const char* own) { return name == own; });
}

bool comes_before(const std::string& a, const std::string& b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    const std::size_t i_end = digits_end(a, i), j_end = digits_end(b, j);
    if (i_end > i && j_end > j) {
      const auto number = [](const std::string& text, std::size_t from, std::size_t to) {
        while (from < to && text[from] == '0') ++from;
        return text.substr(from, to - from);
      };
      const std::string left = number(a, i, i_end), right = number(b, j, j_end);
      if (left.size() != right.size()) return left.size() < right.size();
      if (left != right) return left < right;
      i = i_end, j = j_end;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i, ++j;
    }
  }
  return std::pair(a.size() - i, a) < std::pair(b.size() - j, b);
}

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
  for (const char* name : own_folders) vault::make_folder_durably(*disk_, hot_ / name, folder_mode_);
}

std::optional<letter::Result<std::string>> Tray::read(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0 && errno == ENOENT) return std::nullopt;
  if (fd < 0) return unreadable();
  auto bytes = read_open(fd);
  ::close(fd);
  return bytes;
}

std::optional<letter::Result<std::vector<std::string>>> Tray::read_all(const std::filesystem::path& path) {
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode)) return read_folder(path);
  auto file = read(path);
  if (!file) return std::nullopt;
  if (!*file) return tl::unexpected(file->error());
  std::vector<std::string> files;
  files.push_back(std::move(**file));
  return files;
}

std::vector<std::string> Tray::at_work() const { return disk_->names(hot_ / "work"); }

vault::Move Tray::claim(const std::string& name, const std::string& work_name) {
  return vault::move_durably(*disk_, hot(name), work(work_name));
}

std::filesystem::path Tray::put(const std::string& work_name, const std::filesystem::path& dir,
                                const std::string& name) {
  const std::string last = std::filesystem::path(name).filename().string();
  for (unsigned n = 1; n < most_names; ++n) {
    const auto to = dir / (n == 1 ? last : numbered(last, n));
    const vault::Move moved = vault::move_durably(*disk_, work(work_name), to);
    if (moved != vault::Move::taken) return moved == vault::Move::done ? to : std::filesystem::path();
  }
  throw letter::BrokenWorld("too many files of one name in " + dir.string());
}

void Tray::give_back(const std::string& work_name, const std::string& name) {
  put(work_name, hot(name).parent_path(), name);
}

std::filesystem::path Tray::done_folder(letter::Day day) {
  const auto dir = hot_ / "done" / letter::iso(day);
  // Its name is synced with the first file of a day, and not again for every file.
  if (dir != done_today_ || !disk_->exists(dir)) vault::make_folder_durably(*disk_, dir, folder_mode_);
  done_today_ = dir;
  return dir;
}

std::filesystem::path Tray::to_done(const std::string& work_name, const std::string& name, letter::Day day) {
  return put(work_name, done_folder(day), name);
}

std::filesystem::path Tray::discard(const std::string& work_name, const std::string& name, letter::Day day) {
  std::error_code failed;
  std::filesystem::remove_all(work(work_name), failed);
  if (failed) throw letter::BrokenWorld("cannot remove " + work(work_name).string());
  disk_->sync_folder(hot_ / "work");
  const auto dir = done_folder(day);
  const std::string last = std::filesystem::path(name).filename().string();
  std::string free_name = last;
  for (unsigned n = 2; disk_->exists(dir / (free_name + quality_ending)) && n < most_names; ++n)
    free_name = numbered(last, n);
  return dir / free_name;
}

// A file's last change of state is its arrival in done/: its own dates may be the scanner's.
void Tray::sweep_done(letter::Instant before) {
  for (const std::string& day : disk_->names(hot_ / "done")) {
    if (!letter::parse_day(day)) continue;
    for (const std::string& name : disk_->names(hot_ / "done" / day)) {
      const auto path = hot_ / "done" / day / name;
      struct stat facts {};
      if (name.ends_with(quality_ending) || ::lstat(path.c_str(), &facts) != 0) continue;
      const letter::Instant put_there{std::chrono::seconds{facts.st_ctim.tv_sec}};
      std::error_code theirs;  // an operator may have it open or locked: next time
      if (put_there < before) std::filesystem::remove_all(path, theirs);
    }
  }
}

// The reason comes first: a file in failed/ without one is the worse half of a crash.
std::filesystem::path Tray::to_failed(const std::string& work_name, const std::string& name,
                                      const std::string& why) {
  const auto dir = hot_ / "failed";
  const std::string last = std::filesystem::path(name).filename().string();
  std::string free_name = last;
  for (unsigned n = 2; disk_->exists(dir / free_name) && n < most_names; ++n) free_name = numbered(last, n);
  if (!disk_->exists(work(work_name))) return {};
  const mode_t readable = folder_mode_ & 0666;
  vault::write_durably(*disk_, dir / (free_name + ".reason.txt"), why, readable);
  return put(work_name, dir, free_name);
}

void Tray::beside(const std::string& work_name, const std::filesystem::path& file,
                  const std::string& ending) {
  if (file.empty()) return disk_->remove(work(work_name));
  const auto bytes = disk_->read(work(work_name));
  if (!bytes) return;
  const mode_t readable = folder_mode_ & 0666;
  vault::write_durably(*disk_, file.string() + ending, *bytes, readable);
  disk_->remove(work(work_name));
}

void Tray::keep(const std::string& work_name, const std::string& bytes) {
  vault::write_durably(*disk_, work(work_name), bytes);
}

void Tray::remove(const std::string& work_name) { disk_->remove(work(work_name)); }

}  // namespace ingest
