// Whether a hot folder still holds something that the station will take.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cli {

// True while a scan lies in it or in its `sealed/`, or a claimed one in its `work/`. Names that the station
// ignores (dotfiles, *.part, *.tmp, ...) do not count.
bool holds_scans(const std::filesystem::path& hot_folder);
// The same of folders of pages, where the setting folder_batches is on.
bool holds_folders(const std::filesystem::path& hot_folder);

// A scan that the station put into `failed/`, with the first line of its reason file in that language.
struct Failed {
  std::string name, why;
};
std::vector<Failed> failed_scans(const std::filesystem::path& hot_folder, const std::string& lang);

}  // namespace cli
