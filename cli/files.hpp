// Whole files in and out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "letter/result.hpp"

namespace cli {

// Faults "file.*": absent, not a plain file, over `most_bytes`, unreadable. The path is not repeated:
// a scan's name may be a person's.
letter::Result<std::string> load_file(const std::filesystem::path& path, std::uint64_t most_bytes);

// Writes a new file or replaces one: never half a file under that name.
letter::Result<void> save_file(const std::filesystem::path& path, const std::string& bytes);

}  // namespace cli
