// What words of one kind have in common: their stem, and whether they carry a meaning at all. Pure.
#pragma once

#include <string>
#include <string_view>

namespace classify {

// The folded word without the ending that only grammar gave it ("REMBOURSEMENTS", "REMBOURSEZ": "REMBOURS"),
// at least four characters of it. Rough on purpose: no dictionary, so a misspelt word has a stem too.
std::string stem_of(std::string_view word);

// Articles, pronouns and the like: they stand between two words that mean something together.
bool is_silent(std::string_view word);

}  // namespace classify
