// What the words of a letter say: a linear model over words, pairs of words and pieces of words.
// Every piece belongs to a word, so each decision can be explained word by word. Immutable, pure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "classify/prose.hpp"
#include "classify/questions.hpp"
#include "classify/rules.hpp"
#include "letter/result.hpp"

namespace classify {

// Spelling: words, pairs, pieces. Stem: words without their endings. Near: two stems of one sentence with
// little between them. Meaning: concepts and rules (lexicon.hpp). Each family has a length of its own.
enum class Family : std::uint8_t { spelling, meaning, stem, near };
inline constexpr std::size_t family_count = 4;

// One feature of a text: which (hashed), how strong its kind is, and the two words it belongs to
// (the same twice but for pairs), as indices into Words.
struct Feature {
  std::uint32_t bucket = 0;
  float strength = 0;
  std::uint32_t first_word = 0, second_word = 0;
  Family family = Family::spelling;
};
inline constexpr std::uint32_t bucket_count = 1u << 20;
std::uint32_t bucket_of(char kind, std::string_view text);

struct Lexicon;

// Each distinct feature once, at its first place, ordered by bucket.
std::vector<Feature> features_of(const Words& words, const Lexicon& lexicon, const Rules& rules);

// A known feature's weights.
struct Row {
  std::uint32_t bucket = 0;
  float rarity = 0;  // log(letters / letters that have it) + 1
  std::array<float, column_count> weights{};
};

struct Hearing {
  Scores scores{};                 // log-odds before temperature
  std::vector<Scores> by_word;     // each word's share in them, same order as the Words
  std::size_t known_features = 0;  // 0: these words say nothing
};

struct WordModel {
  std::vector<Row> rows;  // ordered by bucket
  Scores bias{};
  std::array<double, question_count> temperature{};  // log-odds are divided by it: measured calibration
  std::string corpus_checksum;                       // of the letters it was trained on
  std::uint32_t letters = 0;
  std::map<std::string, double> form;  // learned weights of marks and boxes, in place of rules.toml's
  double request_share = 0.5;  // of plain requests, as heeded in training: what a known share replaces

  Hearing hear(const Words& words, const Lexicon& lexicon, const Rules& rules) const;
};

// One number a known feature: the model's view of a text, also what the trainer sees.
struct Known {
  std::uint32_t row = 0;
  float value = 0;
  std::uint32_t first_word = 0, second_word = 0;
};
std::vector<Known> known_features(const std::vector<Feature>& features, const std::vector<Row>& rows);

// File format: models/triage/README.md. Faults: words.format, words.checksum, words.cut.
std::string dump_words(const WordModel& model);
letter::Result<WordModel> parse_words(std::string_view bytes);

// FNV-1a, 64 bits: guards against accidents, not against people.
std::uint64_t checksum(std::string_view bytes, std::uint64_t so_far = 14695981039346656037ull);
std::string hex(std::uint64_t number);

}  // namespace classify
