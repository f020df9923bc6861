// One file of the scanner cut into several, losslessly and before anything is kept.
#pragma once

#include <string>
#include <vector>

#include "letter/result.hpp"
#include "page/sheets.hpp"

namespace ingest {

struct Part {
  std::string bytes;
  page::Sheets sheets;
  bool operator==(const Part&) const = default;
};

// Each range as a file of its own, strips and streams copied byte for byte; a range that is the whole file
// is the file untouched. Faults: sheets.* (a PDF that cannot be taken apart, a range that goes beyond it).
letter::Result<std::vector<Part>> split(const std::string& bytes, const page::Sheets& sheets,
                                        const std::vector<page::SheetRange>& ranges,
                                        const page::FileLimits& limits = {});

}  // namespace ingest
