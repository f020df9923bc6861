// Logistic regression, one softmax a question, L2, on sparse rows with fixed offsets. Deterministic:
// accelerated full-batch gradient from zero, no chance in it.
#pragma once

#include <vector>

#include "classify/words.hpp"

namespace classify {

// A question whose true answer this letter does not tell: nothing is learned from it.
inline constexpr std::size_t not_asked = column_count;

inline constexpr std::size_t topic_count = 7;
struct Lesson {
  std::vector<Known> features;
  Scores offset{};                            // log-odds that rules and form already give
  std::array<double, question_count> heed{};  // how much this letter's answer counts, 1 on average
  std::size_t topic = 0;                      // 0..topic_count-1: what the letter is about, whatever it does
  std::array<std::size_t, question_count> answers{};  // the true column of each question, or not_asked
};

struct LogisticOptions {
  double l2 = 7.5e-6;  // per letter
  int rounds = 60;
  double enough = 1e-3;  // ends when a round lowers the loss by less than this share
};

// Sets `heed` so that rare answers are not drowned: each answer counts by one over the root of its share.
// Real mail has far more plain requests than the corpus, so the corpus' own shares mean little.
void balance(std::vector<Lesson>& lessons);

// Weights of `row_count` rows and the bias. Features' `row` must be below row_count.
struct Fitted {
  std::vector<std::array<float, column_count>> weights;
  Scores bias{};
};
Fitted fit(const std::vector<Lesson>& lessons, std::size_t row_count, const LogisticOptions& options);

// log-odds of one lesson, offset included.
Scores score(const Fitted& fitted, const Lesson& lesson);

// For each question the temperature (0.4..4) under which the true answers are most likely.
std::array<double, question_count> fit_temperature(const std::vector<Scores>& scores,
                                                   const std::vector<Lesson>& lessons);

}  // namespace classify
