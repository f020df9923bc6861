// All that was heard of one letter, before anything is decided. Pure.
#pragma once

#include <array>

#include "classify/evidence.hpp"
#include "classify/triage.hpp"

namespace classify {

struct View {
  Words words;
  Hearing hearing;
  std::vector<Signal> from_words, from_form;
  Scores scores{};               // log-odds of words, rules and form together
  Scores by_words{}, answers{};  // probabilities: without and with form and box
  std::array<double, question_count> temperature{};
  double toward_request = 0;  // log-odds that the post box' share of plain requests adds
  bool mediation_asked = false;
};
View view_of(const letter::ReadLetter& read, const Knowledge& knowledge, const House& house);

// Probabilities of such log-odds.
Scores answers_to(const Scores& scores, const View& view);

}  // namespace classify
