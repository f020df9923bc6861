#include "cli/places.hpp"

namespace cli {

std::filesystem::path keys_dir(const belt::Config& config) { return config.state_dir / "keys"; }
std::filesystem::path log_dir(const belt::Config& config) { return config.state_dir / "log"; }

}  // namespace cli
