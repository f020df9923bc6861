// Small files that must be there after a power cut: settings and keys of the belt.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace belt {

// A new file or the next version of one, mode 0600: temporary file, fsync, rename, fsync of the folder.
// BrokenWorld when any step fails.
void write_synced(const std::filesystem::path& file, std::string_view bytes);

// The whole file, or nullopt when it cannot be read.
std::optional<std::string> read_file(const std::filesystem::path& file);

// A folder of ours alone: made 0700 with its parents, or found to be a real folder that belongs to this
// user (or root) and that nobody else may write to. BrokenWorld otherwise.
void own_folder(const std::filesystem::path& dir);

}  // namespace belt
