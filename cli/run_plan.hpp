// What an embedded run is asked to do, and which daemons that takes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "belt/config.hpp"
#include "cli/command.hpp"
#include "cli/house.hpp"

namespace cli {

struct RunPlan {
  belt::Config config;
  std::filesystem::path config_file;  // empty: none was named
  std::filesystem::path hot_folder;   // empty: no station is started
  std::string box, arrived;           // for the station, as typed
  bool drain = false;
};

// Faults "usage.*", "config.*".
letter::Result<RunPlan> run_plan(const Arguments& arguments);

// Ingest first and router next, because the others connect to them.
std::vector<ChildPlan> children(const RunPlan& plan, const std::filesystem::path& bin_dir);

// State folder, logs, keys of the sockets: what must be there before the first daemon. The mail room's own
// key is ingest's to make, who alone knows whether it is the first day. BrokenWorld when it cannot be.
void furnish(const RunPlan& plan);

}  // namespace cli
