// The folder that the register lives in.
#pragma once

#include <filesystem>

namespace router {

// Makes the folder (0700) if need be and syncs its parent, so that it is still there after a power cut.
void make_folder(const std::filesystem::path& folder);  // BrokenWorld
// Puts the folder's own entries on stable storage.
void sync_folder(const std::filesystem::path& folder);  // BrokenWorld

}  // namespace router
