// From the corpus to models/triage/words.model, and what it is worth (`vaguemestre train triage`).
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "classify/form_weights.hpp"
#include "classify/proof.hpp"
#include "letter/result.hpp"
#include "letter/service.hpp"

namespace classify {

struct Part {
  std::size_t n = 0, of = 0;
};

// Of letters that truly are complaints, and truly are none.
struct Complaints {
  Part kept, alarms;               // said to be complaints: rightly, wrongly
  Part seen, requests_seen;        // how many of each a person would see
  std::vector<bool> is_complaint;  // of each answer
  std::vector<Answer> answers;     // in the order of the letters
};

// Real boxes may hold this share of complaints; the corpus holds far more.
inline constexpr double few_complaints = 0.05;

// Cross-validated over author batches: every letter is sorted by a model that saw no letter of its batch's
// fold. Nothing here is measured on letters trained on.
struct Evaluation {
  std::size_t letters = 0, queue_right = 0;
  std::size_t secondary_right = 0;  // of all letters, null included
  Complaints complaints;            // the post box' share of complaints not known
  Complaints told;                  // the same letters, the share told as few_complaints ([complaint_share])
  double wrong_per_1000 = 0;        // the error budget
  std::vector<Answer> answers;      // in the order of the letters
  Bar bar, shown, crossed;          // in use; what the answers show; cross-checked (proof.hpp)
  std::map<std::string, std::uint32_t> batches;  // their numbers in `answers`
  std::map<std::string, Part> by_difficulty;     // right queue
  Part drills;  // right queue of the drills (corpus.hpp), which count nowhere else
  std::array<std::array<std::size_t, letter::queue_count>, letter::queue_count> confusion{};  // [true][said]
  double macro_f1 = 0;
  double log_loss = 0;                                     // mean, of the true queue
  std::array<std::size_t, 10> bin_letters{}, bin_right{};  // by confidence 0-0.1 ... 0.9-1
  std::map<std::string, Borne> marks;  // how often ticks and boxes were right, and what that weighs
  std::string wrong;                   // ids of the letters sorted wrong: true queue, said, confidence
};
std::string text(const Evaluation& evaluation, bool french);

// How many wrong per 1,000 are allowed among what is sorted without a person, until a house says otherwise.
inline constexpr double usual_budget = 20;

struct Lessons {
  std::filesystem::path corpus_dir;   // `rules.toml` and `concepts.toml` are looked for beside it
  std::filesystem::path corrections;  // what desks corrected, JSON lines (corpus.hpp); empty = none
  double wrong_per_1000 = usual_budget;
};

// Sorts every letter out of fold.
letter::Result<Evaluation> evaluate_corpus(const Lessons& lessons);

// The same, then trains on all letters and writes words.model and proof.txt into out_dir (to temporary names,
// then renamed). Same lessons and rules: same bytes. About a minute for 1,600 letters.
letter::Result<Evaluation> train(const Lessons& lessons, const std::filesystem::path& out_dir);

}  // namespace classify
