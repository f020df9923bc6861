// What a sorter knows, as the room's own files see it; others see sort.hpp.
#pragma once

#include "classify/lexicon.hpp"
#include "classify/rules.hpp"
#include "classify/sort.hpp"
#include "classify/words.hpp"

namespace classify {

struct Knowledge {
  WordModel words;
  Rules rules;
  Lexicon lexicon;
};

struct Triage::Impl {
  Knowledge knowledge;
  Proof proof;
  std::string id;
};

// `sort` with knowledge that no file holds yet: what cross-validation measures.
letter::SortedLetter sort_by(const letter::ReadLetter& read, const Knowledge& knowledge, const House& house);

}  // namespace classify
