#include "ingest/folder_watch.hpp"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>

#include "ingest/tray.hpp"

namespace ingest {
namespace {

std::vector<std::string> names_in(const std::filesystem::path& dir) {
  std::vector<std::string> names;
  DIR* listing = ::opendir(dir.c_str());
  if (listing == nullptr) return names;  // gone since, or not ours to read: the next look tells
  while (const dirent* entry = ::readdir(listing))
    if (!is_ignored(entry->d_name)) names.emplace_back(entry->d_name);
  ::closedir(listing);
  std::ranges::sort(names);
  return names;
}

std::string pages_of(const std::filesystem::path& dir) {
  std::string pages;
  for (const std::string& name : names_in(dir)) {
    struct stat facts {};
    if (::lstat((dir / name).c_str(), &facts) != 0) continue;
    pages += name + '\0' + std::to_string(facts.st_size) + ' ' + std::to_string(facts.st_mtim.tv_sec) + '.' +
             std::to_string(facts.st_mtim.tv_nsec) + '\0';
  }
  return pages;
}

}  // namespace

FolderWatch::FolderWatch(std::filesystem::path dir, Millis quiet) : dir_(std::move(dir)), quiet_(quiet) {}

std::vector<std::string> FolderWatch::whole(Millis now) {
  std::vector<std::string> ready, there;
  for (const std::string& name : names_in(dir_)) {
    struct stat facts {};
    if (is_of_the_tray(name) || ::lstat((dir_ / name).c_str(), &facts) != 0 || !S_ISDIR(facts.st_mode))
      continue;
    there.push_back(name);
    Sighting& seen = seen_[name];
    std::string pages = pages_of(dir_ / name);
    if (pages != seen.pages) seen = {std::move(pages), now};
    if (!seen.pages.empty() && now - seen.since >= quiet_) ready.push_back(name);
  }
  std::erase_if(seen_, [&](const auto& one) { return !std::ranges::binary_search(there, one.first); });
  return ready;
}

}  // namespace ingest
