// Words as a reader may have got them: a letter wrong here and there.
#pragma once

#include <initializer_list>
#include <string_view>

namespace ocr {

// Whether `word` differs from `wanted` by at most one letter in five (put in, left out or another).
bool nearly(std::string_view word, std::string_view wanted);

// How many letters are wrong, put in or left out; more than `most`: too many to count on.
std::size_t edits(std::string_view word, std::string_view wanted, std::size_t most);

// Whether at most so many letters are wrong.
bool within(std::string_view word, std::string_view wanted, std::size_t most);

// Whether a word of the folded text is nearly one of these. Words of fewer than five letters must be right.
bool says_nearly(std::string_view folded, std::initializer_list<std::string_view> words);
// Whether its first word is.
bool opens_nearly(std::string_view folded, std::initializer_list<std::string_view> words);

}  // namespace ocr
