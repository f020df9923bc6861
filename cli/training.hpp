// What `vaguemestre train MODEL` does, a model a function.
#pragma once

#include "cli/command.hpp"

namespace cli {

// From folders of scans with known truth (DIR...) to models/reading/confidence.toml, and what it is worth.
int train_confidence(const Arguments& arguments, Front& front);

}  // namespace cli
