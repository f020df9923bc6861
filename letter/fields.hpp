// What the letters of one case say together.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "letter/sorted.hpp"

namespace letter {

// The first field of one of these ids that was read and says something, letter by letter; or null.
const Field* find_read(const std::vector<SortedLetter>& letters, std::initializer_list<std::string_view> ids);

// Whether that box is ticked in any of them.
bool is_ticked(const std::vector<SortedLetter>& letters, std::string_view id);

}  // namespace letter
