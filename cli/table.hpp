// Tables for a terminal: columns aligned by what is seen, not by bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cli {

// Columns a terminal gives this UTF-8 text: combining marks take none, wide characters two.
std::size_t display_width(std::string_view utf8);

// Text of strangers made safe for a terminal: control characters (escape sequences too) become "·",
// line breaks become a space.
std::string printable(std::string_view utf8);

std::string percent(double share);  // "93 %"
std::string decimals(double n);     // two of them: "-0.41"

enum class Side { left, right };

struct Column {
  std::string head;
  Side side = Side::left;
  std::size_t widest = 0;  // cut with "…" beyond; 0 = never
};

// One line a row, the head first, two spaces between columns, no spaces at line ends.
std::string table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows);

}  // namespace cli
