// How many pages a PDF has, and the same pages as smaller PDFs: libqpdf, in a disposable child.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "letter/result.hpp"

namespace page {

// Faults: sheets.locked, sheets.pages, sheets.broken.
letter::Result<std::uint32_t> count_pdf(const std::string& bytes);
// Every `pages_each` pages as a PDF of their own; streams are copied, never encoded anew.
letter::Result<std::vector<std::string>> cut_pdf(const std::string& bytes, std::uint32_t pages_each);

}  // namespace page
