#include "ingest/watch.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <set>

#include "letter/result.hpp"

namespace ingest {
namespace {

constexpr int patience_for_empty = 30, patience_for_writers = 60;  // times `quiet`

std::string lower(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return name;
}

std::vector<std::string> names_in(const std::filesystem::path& dir) {
  DIR* listing = ::opendir(dir.c_str());
  if (listing == nullptr) throw letter::BrokenWorld("the hot folder cannot be listed");
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(listing)) names.emplace_back(entry->d_name);
  ::closedir(listing);
  return names;
}

enum class Writer { none, some, unknown };

// A read lease is refused as long as anybody has the file open for writing. Not every file system, and
// not every owner's file, lets us ask.
Writer writer_of(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return Writer::unknown;
  const int error = ::fcntl(fd, F_SETLEASE, F_RDLCK) == 0 ? 0 : errno;
  ::close(fd);
  return error == 0 ? Writer::none : error == EAGAIN ? Writer::some : Writer::unknown;
}

}  // namespace

bool is_ignored(const std::string& name) {
  const std::string low = lower(name);
  return low.empty() || low[0] == '.' || low.starts_with("~$") || low.ends_with(".part") ||
         low.ends_with(".tmp") || low == "thumbs.db" || low == "desktop.ini";
}

Watch::Watch(std::filesystem::path dir, Millis quiet)
    : dir_(std::move(dir)), quiet_(quiet), fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (fd_ < 0) throw letter::BrokenWorld("no inotify");
  if (::inotify_add_watch(fd_, dir_.c_str(), IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR) < 0) {
    ::close(fd_);
    throw letter::BrokenWorld("the hot folder cannot be watched: " + dir_.string());
  }
}

Watch::~Watch() { ::close(fd_); }

void Watch::hear(std::uint32_t mask, const std::string& name) {
  if ((mask & IN_Q_OVERFLOW) != 0)  // a "closed" may be among what was lost
    for (auto& [any, sighting] : seen_) sighting.writing = false;
  if (name.empty() || is_ignored(name)) return;
  Sighting& sighting = seen_[name];
  if ((mask & IN_MODIFY) != 0) sighting.writing = true;
  if ((mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0) {
    sighting.writing = false;
    sighting.closed = true;
  }
}

void Watch::drain() {
  alignas(inotify_event) std::array<char, 16 * 1024> events;
  for (;;) {
    const ssize_t n = ::read(fd_, events.data(), events.size());
    if (n <= 0) return;
    for (ssize_t at = 0; at < n;) {
      inotify_event event{};
      std::memcpy(&event, events.data() + at, sizeof event);
      const char* name = events.data() + at + sizeof event;
      hear(event.mask, event.len > 0 ? std::string(name) : std::string());
      at += static_cast<ssize_t>(sizeof event + event.len);
    }
  }
}

std::vector<std::string> Watch::whole(Millis now) {
  std::set<std::string> there;
  std::vector<std::pair<std::int64_t, std::string>> ready;
  for (const std::string& name : names_in(dir_)) {
    struct stat facts {};
    if (is_ignored(name) || ::lstat((dir_ / name).c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) continue;
    there.insert(name);
    Sighting& seen = seen_[name];
    const auto size = static_cast<std::uint64_t>(facts.st_size);
    const std::int64_t changed = facts.st_mtim.tv_sec * 1'000'000'000LL + facts.st_mtim.tv_nsec;
    if (seen.size != size || seen.changed_ns != changed || seen.inode != facts.st_ino) {
      seen.size = size;
      seen.changed_ns = changed;
      seen.inode = facts.st_ino;
      seen.since = now;
    }
    const Millis still = now - seen.since;
    const bool enough = still >= quiet_ && (size > 0 || seen.closed || still >= patience_for_empty * quiet_);
    if (!enough) continue;
    const Writer writer = writer_of(dir_ / name);
    // An event is a weaker witness: setting the time of a file tells of a change too, and of no close.
    const bool doubtful = seen.writing && still < patience_for_writers * quiet_;
    if (writer == Writer::none || (writer == Writer::unknown && !doubtful)) ready.emplace_back(changed, name);
  }
  std::erase_if(seen_, [&](const auto& entry) { return !there.contains(entry.first); });
  std::sort(ready.begin(), ready.end());
  std::vector<std::string> names;
  for (auto& [changed, name] : ready) names.push_back(std::move(name));
  return names;
}

}  // namespace ingest
