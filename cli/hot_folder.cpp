#include "cli/hot_folder.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>

#include "ingest/tray.hpp"
#include "ingest/watch.hpp"

namespace cli {

namespace fs = std::filesystem;

namespace {

bool any_file(const fs::path& dir, bool all) {
  std::error_code error;
  for (fs::directory_iterator entry(dir, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code gone;  // taken while we look: the next look tells
    if (entry->is_regular_file(gone) && (all || !ingest::is_ignored(entry->path().filename().string())))
      return true;
  }
  return false;
}

}  // namespace

bool holds_scans(const fs::path& hot_folder) {
  return any_file(hot_folder, false) || any_file(hot_folder / "sealed", false) ||
         any_file(hot_folder / "work", true);
}

bool holds_folders(const fs::path& hot_folder) {
  std::error_code error;
  for (fs::directory_iterator entry(hot_folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code gone;
    const std::string name = entry->path().filename().string();
    const bool counts = !ingest::is_ignored(name) && !ingest::is_of_the_tray(name);
    if (counts && entry->is_directory(gone) && any_file(entry->path(), false)) return true;
  }
  for (fs::directory_iterator entry(hot_folder / "work", error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code gone;
    if (entry->is_directory(gone)) return true;
  }
  return false;
}

// The station writes NAME.reason.txt beside NAME: first line French, second English.
std::vector<Failed> failed_scans(const fs::path& hot_folder, const std::string& lang) {
  constexpr std::string_view ending = ".reason.txt";
  std::vector<Failed> found;
  std::error_code error;
  for (fs::directory_iterator entry(hot_folder / "failed", error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.ends_with(ending)) continue;
    std::ifstream file(entry->path());
    std::string line;
    std::getline(file, line);
    if (lang == "en") std::getline(file, line);
    found.push_back({name.substr(0, name.size() - ending.size()), line});
  }
  std::sort(found.begin(), found.end(), [](const Failed& a, const Failed& b) { return a.name < b.name; });
  return found;
}

}  // namespace cli
