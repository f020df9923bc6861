// Words of one meaning (models/triage/concepts.toml), and the rules' phrases, as things to learn from: what
// was learned of "lunettes" is then known of "monture" too. Immutable, pure.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "classify/mediation.hpp"
#include "classify/words.hpp"
#include "letter/result.hpp"

namespace classify {

struct Lexicon {
  struct Entry {
    std::uint32_t concept_number =
        0;             // in `concepts`, or no_concept: a rule's phrase, learned from by itself
    std::string name;  // of the concept, or the phrase as a key
  };
  static constexpr std::uint32_t no_concept = ~0U;
  std::vector<std::string> concepts;
  // Concepts that tell how a clause sounds, and those that turn the meaning of all others.
  std::set<std::string> fine, upset, hinges;
  std::vector<Entry> entries;  // one a phrase of the book
  PhraseBook book;
};

// `toml` is concepts.toml's text. Faults: toml.*, concepts.phrase.
letter::Result<Lexicon> parse_concepts(std::string_view toml, const Rules& rules);

// Concepts found, pairs of them that stand close together in one sentence, the rules' phrases, marks of
// question and exclamation, how the mediator is spoken of, how long the letter is. Each distinct feature
// once.
std::vector<Feature> meaning_features(const Words& words, const Lexicon& lexicon, const Rules& rules);

}  // namespace classify
