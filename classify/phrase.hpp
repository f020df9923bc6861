// Phrases as a person writes them in rules.toml and concepts.toml, and finding them in a letter. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "classify/prose.hpp"

namespace classify {

// A phrase: words that stand side by side in one sentence. "mot*" = begins with; "a|b" = either;
// "..." = up to four words between. Accents and case do not count.
struct Piece {
  std::vector<std::string> either;  // empty = gap
  std::vector<bool> prefix;
};
using Phrase = std::vector<Piece>;
Phrase phrase_of(std::string_view written);

struct Found {
  std::size_t first = 0, last = 0;  // words, inclusive
};
// The first place from `from` on where the phrase stands.
std::optional<Found> find(const Phrase& phrase, const Words& words, std::size_t from = 0);

// The words found, side by side.
std::string text_of(const Words& words, const Found& found);

// Many phrases, all looked for at once: cost grows with the letter, hardly with the number of phrases.
class PhraseBook {
 public:
  void add(Phrase phrase);  // numbered from 0 in order of adding
  struct Hit {
    std::uint32_t phrase = 0;
    Found where;
  };
  // Every place of every phrase, by first word, then by phrase.
  std::vector<Hit> hits(const Words& words) const;
  std::size_t size() const { return phrases_.size(); }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Index = std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>>;
  std::vector<Phrase> phrases_;
  Index by_word_, by_beginning_;  // of the first piece's alternatives
};

}  // namespace classify
