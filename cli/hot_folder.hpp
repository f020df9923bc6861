// Whether a hot folder still holds something that the station will take.
#pragma once

#include <filesystem>

namespace cli {

// True while a scan lies in it or a claimed one in its `work/`. Names that the station ignores
// (dotfiles, *.part, *.tmp, ...) do not count.
bool holds_scans(const std::filesystem::path& hot_folder);

}  // namespace cli
