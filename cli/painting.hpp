// Scans painted for the occasion, as the options of a command ask for them.
#pragma once

#include <filesystem>
#include <vector>

#include "cli/command.hpp"

namespace cli {

// --seed, --arrived, --faces, --form.
std::vector<Option> painting_options();

// Paints `count` scans with their truths into `dir`, by these options. Faults: usage.value, form.*,
// specimen.unwritable.
letter::Result<std::vector<std::filesystem::path>> paint_into(const std::filesystem::path& dir,
                                                              std::uint64_t count, const Arguments& arguments,
                                                              const Front& front);

}  // namespace cli
