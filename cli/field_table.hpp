// The fields of a letter as a table: what was read, how sure, who must confirm it.
#pragma once

#include <string>

#include "cli/front.hpp"
#include "cli/letter_tree.hpp"

namespace cli {

// Empty combs and blank ticks are left out; notes of fields (a check that failed, pages that are missing)
// stand under the table. "" when there is nothing to show.
std::string field_table(const letter::ReadLetter& read, Nir nir, const Front& front);

}  // namespace cli
