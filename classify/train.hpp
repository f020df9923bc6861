// From the corpus to models/triage/words.model, and what it is worth (`vaguemestre train triage`).
#pragma once

#include <array>
#include <filesystem>
#include <string>

#include "letter/result.hpp"
#include "letter/service.hpp"

namespace classify {

// Cross-validated over author batches: every letter is sorted by a model that saw no letter of its
// batch's fold. Nothing here is measured on letters trained on.
struct Evaluation {
  std::size_t letters = 0, queue_right = 0;
  std::size_t secondary_right = 0;                  // of all letters, null included
  std::size_t complaints = 0, complaints_kept = 0;  // kept: is_complaint said
  std::size_t called_complaint = 0;
  double review_below = 0;
  std::size_t confident = 0, confident_wrong = 0;  // confidence at or over the threshold
  std::size_t automatic = 0, automatic_wrong = 0;  // no reason at all to ask a person
  std::array<std::array<std::size_t, letter::queue_count>, letter::queue_count> confusion{};  // [true][said]
  double macro_f1 = 0;
  double log_loss = 0;                                     // mean, of the true queue
  std::array<std::size_t, 10> bin_letters{}, bin_right{};  // by confidence 0-0.1 ... 0.9-1
  std::string wrong;  // ids of the letters sorted wrong: true queue, said, confidence
};
std::string text(const Evaluation& evaluation, bool french);

// Sorts every letter of corpus_dir out of fold. `rules.toml` is looked for beside corpus_dir.
letter::Result<Evaluation> evaluate_corpus(const std::filesystem::path& corpus_dir,
                                           double review_below = 0.80);

// The same, then trains on all letters and writes out_file (to a temporary name, then renamed).
// Same corpus and rules: same bytes. About ten seconds for 300 letters.
letter::Result<Evaluation> train(const std::filesystem::path& corpus_dir,
                                 const std::filesystem::path& out_file);

}  // namespace classify
