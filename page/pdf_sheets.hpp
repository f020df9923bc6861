// How many pages a PDF has, and the same pages as smaller PDFs: libqpdf, in a disposable child.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "letter/result.hpp"
#include "page/sheets.hpp"

namespace page {

// Faults: sheets.locked, sheets.pages, sheets.broken, child.* (over the limits).
letter::Result<std::uint32_t> count_pdf(const std::string& bytes, const FileLimits& limits);
// Each range as a PDF of its own; streams are copied, never encoded anew. A range that goes beyond the
// file is sheets.broken.
letter::Result<std::vector<std::string>> cut_pdf(const std::string& bytes,
                                                 const std::vector<SheetRange>& ranges,
                                                 const FileLimits& limits = {});

}  // namespace page
