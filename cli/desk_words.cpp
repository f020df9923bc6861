#include "cli/desk_words.hpp"

#include <algorithm>
#include <cctype>

#include "letter/text.hpp"

namespace cli {

SplitWords split_words(std::string_view line) {
  constexpr std::string_view spaces = " \t\r\n";
  const auto trimmed = [&](std::string_view text) {
    const auto begin = std::min(text.find_first_not_of(spaces), text.size());
    text.remove_prefix(begin);
    return text.substr(0, text.find_last_not_of(spaces) + 1);
  };
  const auto text = trimmed(line);
  const auto end = std::min(text.find_first_of(spaces), text.size());
  return {letter::folded(text.substr(0, end)), letter::valid_utf8(trimmed(text.substr(end)))};
}

std::string lower(std::string_view ascii) {
  std::string text(ascii);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace cli
