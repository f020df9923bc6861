// Which model sorts: the one the program came with, or a candidate that a person switched on. The choice is
// one small file in the state; a sorter reads it when it starts.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "letter/result.hpp"

namespace classify {

// Candidates stand side by side in here, each a folder like models/triage.
std::filesystem::path candidates_dir(const std::filesystem::path& state_dir);

// The folder to sort by. A chosen candidate that is gone is a BrokenWorld: nothing is sorted by another model
// than the one a person chose.
std::filesystem::path chosen_model(const std::filesystem::path& models_dir,
                                   const std::filesystem::path& state_dir);

// "" = the model the program came with; else the name of a candidate.
std::string chosen_name(const std::filesystem::path& state_dir);
// Names, in order.
std::vector<std::string> candidates(const std::filesystem::path& state_dir);

// Switches `name` on ("" = the program's own). The candidate is loaded and checked first, and the file is put
// in place whole. Faults: triage.unknown, triage.damaged, triage.write.
letter::Result<void> choose(const std::filesystem::path& state_dir, const std::string& name);

}  // namespace classify
