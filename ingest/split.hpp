// One file of the scanner, one or more letters: cut losslessly, before anything is kept.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "letter/result.hpp"
#include "page/sheets.hpp"

namespace ingest {

struct SplitRule {
  std::uint32_t pages_per_letter = 0;  // 0: a file is a letter
};

struct Part {
  std::string bytes;
  page::Sheets sheets;
};

// The letters of the file, in order; a file that is one letter comes back untouched.
// Faults: sheets.* (a PDF that cannot be taken apart).
letter::Result<std::vector<Part>> split(const std::string& bytes, const page::Sheets& sheets,
                                        const SplitRule& rule);

}  // namespace ingest
