// Tables for spreadsheets: UTF-8 with its mark, semicolons, and no cell that a spreadsheet would run as a
// formula.
#pragma once

#include <string>
#include <vector>

namespace cli {

// RFC 4180 with ';', lines ended by CR LF. A cell that begins with = + - @ or a control character gets an
// apostrophe before it.
std::string csv(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows);

}  // namespace cli
