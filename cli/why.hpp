// Why a letter is in its queue, for a person: what spoke for it, where that stands, and what would change it.
#pragma once

#include <string>

#include "cli/front.hpp"
#include "letter/sorted.hpp"

namespace cli {

// A table of the strongest evidence, and a line that says without which of it the queue would be another one.
// "" without evidence. NIRs are masked.
std::string why_text(const letter::SortedLetter& sorted, const Front& front);

}  // namespace cli
