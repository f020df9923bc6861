// Dates as people write them in French letters.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "letter/when.hpp"

namespace ocr {

struct DateFound {
  letter::Day day{};
  std::size_t at = 0, length = 0;  // bytes of the text
  bool introduced = false;         // by "le", as in "Lyon, le 3 mars 2026"
  bool operator==(const DateFound&) const = default;
};

// Every real calendar date of 1900-2100 in the text, in order: 03/03/2026, 3.3.26, 2026-03-03,
// 3 mars 2026, 1er avril 2026, 3 fév. 2026. Two-digit years are 2000 to 2069, then 1970 to 1999. Behind "le"
// also those whose strokes were read as figures: 03/0312026.
std::vector<DateFound> find_dates(std::string_view utf8);

}  // namespace ocr
