#include "classify/words.hpp"

#include <algorithm>
#include <cmath>

#include "classify/lexicon.hpp"
#include "classify/stems.hpp"

namespace classify {
namespace {

// How much a kind of feature counts beside the others.
constexpr float word_strength = 1.0F, pair_strength = 0.7F, piece_strength = 0.3F;
// How far apart, in words that mean something, two stems may stand and still be near.
constexpr std::size_t near_words = 3;
// Keeps a text of two words from sounding as sure as one of two hundred.
constexpr double quiet = 3.0;
// How loud each family speaks: the longest of spellings is 1.
constexpr std::array<double, family_count> loud{1.0, 1.0, 0.7, 0.7};
constexpr std::size_t letters_of_a_word =
    40;  // a longer one is no word of any language: garbage of a bad scan

void add_pieces(const std::string& word, std::uint32_t at, std::vector<Feature>& out) {
  const std::string padded = "_" + word + "_";
  for (std::size_t length = 3; length <= 5; ++length) {
    for (std::size_t i = 0; i + length <= padded.size(); ++i) {
      out.push_back({bucket_of('p', std::string_view(padded).substr(i, length)), piece_strength, at, at});
    }
  }
}

// Stems, and pairs of them: "REMBOURS" near "LUNET", whatever stands between.
void add_stems(const Words& words, std::vector<Feature>& out) {
  struct Stem {
    std::string text;
    std::uint32_t at;
  };
  std::vector<Stem> before;  // the last few of this sentence
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    if (words[i].text.size() > letters_of_a_word) continue;
    Stem stem{stem_of(words[i].text), i};
    out.push_back({bucket_of('s', stem.text), 1, i, i, Family::stem});
    if (is_silent(words[i].text)) continue;
    if (!before.empty() && words[before.back().at].sentence != words[i].sentence) before.clear();
    for (const Stem& other : before)
      out.push_back({bucket_of('k', other.text + " " + stem.text), 1, other.at, i, Family::near});
    if (before.size() == near_words) before.erase(before.begin());
    before.push_back(std::move(stem));
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
  found.reserve(found.size() + words.size() * 24);
  add_stems(words, found);
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i].text;
    if (word.size() > letters_of_a_word) continue;
    found.push_back({bucket_of('w', word), word_strength, i, i});
    if (word.size() >= 4) add_pieces(word, i, found);
    if (i + 1 < words.size() && words[i + 1].text.size() <= letters_of_a_word) {
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
  std::array<double, family_count> squares{};
  squares.fill(quiet * quiet);
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
  for (std::size_t i = 0; i < known.size(); ++i) {
    const auto family = static_cast<std::size_t>(families[i]);
    known[i].value *= static_cast<float>(loud[family] / std::sqrt(squares[family]));
  }
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
