// What a file claims to be, told from its structure alone: no pixel is decoded here.
#pragma once

#include <cstdint>
#include <string>

#include "letter/result.hpp"
#include "page/limits.hpp"

namespace page {

struct Sheets {
  std::string media_type;  // image/png, image/jpeg, image/tiff, application/pdf
  std::uint32_t pages = 1;
  bool operator==(const Sheets&) const = default;
};

// Pages first .. first + pages - 1 of a file.
struct SheetRange {
  std::uint32_t first = 0, pages = 0;
  bool operator==(const SheetRange&) const = default;
};

// Faults: sheets.empty, sheets.too_large (bytes), sheets.unknown (none of the four formats),
// sheets.cut (it ends before it should), sheets.sides, sheets.pages (none, or too many),
// sheets.loop, sheets.compression, sheets.locked (a password is missing), sheets.broken (the rest), child.*
// (a PDF over the limits).
letter::Result<Sheets> count_sheets(const std::string& bytes, const FileLimits& limits = {});

// The fault of that name; what the readers of single formats say.
tl::unexpected<letter::Reason> sheets_fault(const std::string& word);
// True when a page of that size may be taken.
bool sides_fit(std::uint64_t width, std::uint64_t height);

}  // namespace page
