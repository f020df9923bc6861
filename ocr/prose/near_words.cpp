#include "ocr/prose/near_words.hpp"

#include <algorithm>
#include <array>

#include "letter/edits.hpp"

namespace ocr {
namespace {

constexpr std::size_t longest = 24;  // no word that is looked for has more letters

bool of_word(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Calls `is` on each word until one is; `most`: words looked at.
template <class Is>
bool any_word(std::string_view text, std::size_t most, Is is) {
  for (std::size_t at = 0; at < text.size() && most > 0;) {
    if (!of_word(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && of_word(text[end])) ++end;
    if (is(text.substr(at, end - at))) return true;
    at = end, --most;
  }
  return false;
}

bool any_nearly(std::string_view text, std::size_t most, std::initializer_list<std::string_view> words) {
  return any_word(text, most, [&](std::string_view word) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view wanted) { return nearly(word, wanted); });
  });
}

}  // namespace

std::size_t edits(std::string_view word, std::string_view wanted, std::size_t most) {
  if (word == wanted) return 0;
  const bool near =
      wanted.size() <= longest && word.size() <= wanted.size() + most && word.size() + most >= wanted.size();
  if (!near || most == 0) return most + 1;
  std::array<std::size_t, longest + 1> row{};
  return letter::edits(word, wanted, row);
}

bool within(std::string_view word, std::string_view wanted, std::size_t most) {
  return edits(word, wanted, most) <= most;
}

bool nearly(std::string_view word, std::string_view wanted) {
  return within(word, wanted, wanted.size() / 5);
}

bool says_nearly(std::string_view folded, std::initializer_list<std::string_view> words) {
  return any_nearly(folded, folded.size(), words);
}

bool opens_nearly(std::string_view folded, std::initializer_list<std::string_view> words) {
  return any_nearly(folded, 1, words);
}

}  // namespace ocr
