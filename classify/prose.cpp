#include "classify/prose.hpp"

#include <algorithm>
#include <cctype>

namespace classify {
namespace {

bool is_letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_long_number(const std::string& word) {
  return word.size() >= 3 &&
         std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c); });
}

// From here on the writer speaks of something else.
bool turns(const std::string& word) {
  return word == "mais" || word == "cependant" || word == "toutefois" || word == "revanche" ||
         word == "seulement" || word == "hormis";
}

}  // namespace

Words words_of(std::string_view utf8) {
  // Folding costs more than anything here, so a huge text is cut before it, at a character's start.
  constexpr std::size_t bytes_at_most = 16 * words_at_most;
  if (utf8.size() > bytes_at_most) {
    std::size_t cut = bytes_at_most;
    while (cut > 0 && (static_cast<unsigned char>(utf8[cut]) & 0xC0) == 0x80) --cut;
    utf8 = utf8.substr(0, cut);
  }
  const std::string text = letter::folded(utf8);
  Words words;
  std::uint32_t sentence = 0, clause = 0;
  std::string word;
  const auto finish = [&] {
    if (word.empty()) return;
    if (is_long_number(word)) word = "#";
    if (turns(word)) ++clause;
    words.push_back({word, sentence, 0, clause});
    word.clear();
  };
  for (std::size_t i = 0; i < text.size() && words.size() < words_at_most; ++i) {
    if (is_letter_or_digit(text[i])) {
      word.push_back(text[i]);
      continue;
    }
    finish();
    const bool last = i + 1 == text.size() || text[i + 1] == ' ';
    const bool ends = (text[i] == '.' && last) || text[i] == '!' || text[i] == '?';
    if (ends) ++sentence;
    if (ends || text[i] == ';' || text[i] == ':') ++clause;
    if ((text[i] == '!' || text[i] == '?') && !words.empty()) words.back().mark = text[i];
  }
  finish();
  return words;
}

std::string own_words(const letter::ReadLetter& read) {
  if (!read.text.reveal().empty()) return read.text.reveal();
  std::string text;
  for (const letter::Line& line : read.lines) {
    if (line.own_words) text += line.text.reveal() + "\n";
  }
  if (text.empty() && read.form.empty()) text = read.full_text.reveal();
  return text;
}

}  // namespace classify
