// Becoming another program of the house.
#pragma once

#include <string>
#include <vector>

#include "cli/front.hpp"

namespace cli {

// Replaces this process by BIN_DIR/name; comes back only when that fails, with the exit code.
int become(Front& front, const std::string& name, const std::vector<std::string>& words);

}  // namespace cli
