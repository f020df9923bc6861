// Where things lie in a state folder.
#pragma once

#include <filesystem>

#include "belt/config.hpp"

namespace cli {

std::filesystem::path keys_dir(const belt::Config& config);
std::filesystem::path log_dir(const belt::Config& config);

}  // namespace cli
