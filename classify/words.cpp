#include "classify/words.hpp"

#include <algorithm>
#include <cmath>

#include "classify/lexicon.hpp"

namespace classify {
namespace {

// How much a kind of feature counts beside the others.
constexpr float word_strength = 1.0F, pair_strength = 0.7F, piece_strength = 0.3F;
// Keeps a text of two words from sounding as sure as one of two hundred.
constexpr double quiet = 3.0, quiet_meaning = 3.0;
// How loud the family of meanings speaks beside that of spellings, whose longest is 1.
constexpr double meaning_loud = 1.0;

void add_pieces(const std::string& word, std::uint32_t at, std::vector<Feature>& out) {
  const std::string padded = "_" + word + "_";
  for (std::size_t length = 3; length <= 5; ++length) {
    for (std::size_t i = 0; i + length <= padded.size(); ++i) {
      out.push_back({bucket_of('p', std::string_view(padded).substr(i, length)), piece_strength, at, at});
    }
  }
}

}  // namespace

std::uint32_t bucket_of(char kind, std::string_view text) {
  std::uint64_t hash = checksum(std::string_view(&kind, 1));
  hash = checksum(text, hash);
  return static_cast<std::uint32_t>((hash ^ (hash >> 29)) % bucket_count);
}

std::uint64_t checksum(std::string_view bytes, std::uint64_t so_far) {
  for (const char c : bytes) {
    so_far ^= static_cast<unsigned char>(c);
    so_far *= 1099511628211ull;
  }
  return so_far;
}

std::string hex(std::uint64_t number) {
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; number >>= 4) text[i] = "0123456789abcdef"[number & 15];
  return text;
}

std::vector<Feature> features_of(const Words& words, const Lexicon& lexicon, const Rules& rules) {
  std::vector<Feature> found = meaning_features(words, lexicon, rules);
  found.reserve(found.size() + words.size() * 20);
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i].text;
    if (word.size() > 40) continue;  // no word of any language: garbage of a bad scan
    found.push_back({bucket_of('w', word), word_strength, i, i});
    if (word.size() >= 4) add_pieces(word, i, found);
    if (i + 1 < words.size() && words[i + 1].text.size() <= 40) {
      found.push_back({bucket_of('b', word + " " + words[i + 1].text), pair_strength, i, i + 1});
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Feature& a, const Feature& b) { return a.bucket < b.bucket; });
  const auto same = [](const Feature& a, const Feature& b) { return a.bucket == b.bucket; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

std::vector<Known> known_features(const std::vector<Feature>& features, const std::vector<Row>& rows) {
  std::vector<Known> known;
  std::array<double, 2> squares{quiet * quiet, quiet_meaning * quiet_meaning};
  std::vector<Family> families;
  auto row = rows.begin();
  for (const Feature& feature : features) {
    row = std::lower_bound(row, rows.end(), feature.bucket,
                           [](const Row& r, std::uint32_t bucket) { return r.bucket < bucket; });
    if (row == rows.end()) break;
    if (row->bucket != feature.bucket) continue;
    const float value = feature.strength * row->rarity;
    squares[static_cast<std::size_t>(feature.family)] += static_cast<double>(value) * value;
    known.push_back(
        {static_cast<std::uint32_t>(row - rows.begin()), value, feature.first_word, feature.second_word});
    families.push_back(feature.family);
  }
  const std::array<double, 2> norm{1.0 / std::sqrt(squares[0]), meaning_loud / std::sqrt(squares[1])};
  for (std::size_t i = 0; i < known.size(); ++i)
    known[i].value *= static_cast<float>(norm[static_cast<std::size_t>(families[i])]);
  return known;
}

Hearing WordModel::hear(const Words& words, const Lexicon& lexicon, const Rules& rules) const {
  Hearing heard;
  heard.scores = bias;
  heard.by_word.resize(words.size());
  const std::vector<Known> known = known_features(features_of(words, lexicon, rules), rows);
  heard.known_features = known.size();
  for (const Known& one : known) {
    const auto& weights = rows[one.row].weights;
    Scores& first = heard.by_word[one.first_word];
    Scores& second = heard.by_word[one.second_word];
    for (std::size_t c = 0; c < column_count; ++c) {
      const double part = static_cast<double>(one.value) * static_cast<double>(weights[c]);
      heard.scores[c] += part;
      first[c] += part / 2;
      second[c] += part / 2;
    }
  }
  return heard;
}

}  // namespace classify
