// A letter as it might as well have come: framed by greeting and farewell, misread as our reader misreads.
// The sorter is taught one beside each letter as written; it is never measured on them. Pure but for loading.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "classify/corpus.hpp"
#include "classify/mistakes.hpp"

namespace classify {

struct Frame {
  std::vector<std::string> openings, closings, asides;  // sentences that say nothing of what is meant
};
struct Echoes {
  Frame frame;
  Mistakes mistakes;
};

// `triage_dir` holds formulas.toml and mistakes.txt. Faults: toml.*, echo.formulas, mistakes.format.
letter::Result<Echoes> load_echoes(const std::filesystem::path& triage_dir);

// What is drawn depends on the letter's id and `number` alone.
Example echo_of(const Example& example, const Echoes& echoes, unsigned number);

}  // namespace classify
