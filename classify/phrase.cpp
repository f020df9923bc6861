#include "classify/phrase.hpp"

#include <algorithm>

namespace classify {
namespace {

constexpr std::size_t gap_words = 4;
constexpr std::size_t longest_beginning = 24;  // letters; no phrase needs more

bool stands(const Piece& piece, const std::string& word) {
  for (std::size_t i = 0; i < piece.either.size(); ++i) {
    if (piece.prefix[i] ? word.starts_with(piece.either[i]) : word == piece.either[i]) return true;
  }
  return false;
}

// Matches pieces[at..] against words[i..] inside one sentence; the last word of the match, or nullopt.
std::optional<std::size_t> match(const Phrase& phrase, std::size_t at, const Words& words, std::size_t i,
                                 std::uint32_t sentence) {
  if (at == phrase.size()) return i - 1;
  if (phrase[at].either.empty()) {
    for (std::size_t skip = 0; skip <= gap_words; ++skip) {
      if (auto last = match(phrase, at + 1, words, i + skip, sentence)) return last;
    }
    return std::nullopt;
  }
  if (i >= words.size() || words[i].sentence != sentence || !stands(phrase[at], words[i].text)) {
    return std::nullopt;
  }
  return match(phrase, at + 1, words, i + 1, sentence);
}

Piece piece_of(std::string_view written) {
  Piece piece;
  while (!written.empty()) {
    const std::size_t bar = written.find('|');
    std::string_view one = written.substr(0, bar);
    const bool prefix = one.ends_with('*');
    if (prefix) one.remove_suffix(1);
    const Words words = words_of(one);
    if (!words.empty()) {
      piece.either.push_back(words.front().text);
      piece.prefix.push_back(prefix);
    }
    written = bar == std::string_view::npos ? std::string_view{} : written.substr(bar + 1);
  }
  return piece;
}

}  // namespace

Phrase phrase_of(std::string_view written) {
  std::string spaced(written);
  std::replace(spaced.begin(), spaced.end(), '\'', ' ');
  std::replace(spaced.begin(), spaced.end(), '-', ' ');
  Phrase phrase;
  std::string_view rest = spaced;
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    const std::string_view one = rest.substr(0, space);
    rest = space == std::string_view::npos ? std::string_view{} : rest.substr(space + 1);
    if (one.empty()) continue;
    if (one == "...")
      phrase.push_back({});
    else if (Piece piece = piece_of(one); !piece.either.empty())
      phrase.push_back(std::move(piece));
  }
  return phrase;
}

std::optional<Found> find(const Phrase& phrase, const Words& words, std::size_t from) {
  if (phrase.empty() || phrase.front().either.empty()) return std::nullopt;
  for (std::size_t i = from; i < words.size(); ++i) {
    if (!stands(phrase.front(), words[i].text)) continue;
    if (auto last = match(phrase, 1, words, i + 1, words[i].sentence)) return Found{i, *last};
  }
  return std::nullopt;
}

std::string text_of(const Words& words, const Found& found) {
  std::string text;
  for (std::size_t i = found.first; i <= found.last; ++i) text += (text.empty() ? "" : " ") + words[i].text;
  return text;
}

void PhraseBook::add(Phrase phrase) {
  const auto number = static_cast<std::uint32_t>(phrases_.size());
  if (!phrase.empty()) {
    const Piece& first = phrase.front();
    for (std::size_t i = 0; i < first.either.size(); ++i)
      (first.prefix[i] ? by_beginning_ : by_word_)[first.either[i]].push_back(number);
  }
  phrases_.push_back(std::move(phrase));
}

std::vector<PhraseBook::Hit> PhraseBook::hits(const Words& words) const {
  std::vector<Hit> out;
  std::vector<std::uint32_t> candidates;
  const auto look = [&](const Index& index, std::string_view word) {
    const auto found = index.find(word);
    if (found != index.end()) candidates.insert(candidates.end(), found->second.begin(), found->second.end());
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    candidates.clear();
    look(by_word_, word);
    for (std::size_t length = 1; length <= std::min(word.size(), longest_beginning); ++length)
      look(by_beginning_, word.substr(0, length));
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const std::uint32_t number : candidates) {
      if (auto last = match(phrases_[number], 1, words, i + 1, words[i].sentence))
        out.push_back({number, {i, *last}});
    }
  }
  return out;
}

}  // namespace classify
