// A letter's own words, made comparable. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "letter/reading.hpp"

namespace classify {

// Longer texts are cut here: nothing after it could change a decision, and cost stays bounded.
inline constexpr std::size_t words_at_most = 3000;

struct Word {
  std::string text;            // folded, letters and digits only; a number of 3 or more digits is "#"
  std::uint32_t sentence = 0;  // counted from 0; ends at . ! ?
  char mark = 0;               // '?' or '!' when one follows the word
  std::uint32_t clause = 0;    // counted from 0; ends with the sentence, at ; and :, and before "mais"
  bool operator==(const Word&) const = default;
};
using Words = std::vector<Word>;

Words words_of(std::string_view utf8);

// What the complainant wrote. Never the words printed on a form: they name every subject at once.
std::string own_words(const letter::ReadLetter& read);

}  // namespace classify
