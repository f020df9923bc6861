// What the sorter's answers were worth on letters it had not learned from, and from which confidence on no
// person is asked. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "letter/result.hpp"

namespace classify {

// One letter of known queue, sorted by a model that had not seen its batch.
struct Answer {
  double confidence = 0;
  bool alone = false;       // nothing but an unsure queue would ask for a person
  bool right = false;       // of the queue
  std::uint32_t batch = 0;  // letters of one author, or of one house's desks, are not told apart
  bool operator==(const Answer&) const = default;
};

// An error budget turned into a confidence: no person is asked at or over it.
struct Bar {
  static constexpr double nobody = 2;  // no letter is sorted without a person
  double confidence = nobody;
  std::size_t letters = 0, accepted = 0, wrong = 0;  // of the answers it was set by
  double coverage() const;                           // accepted of all letters, 0..1
  double wrong_per_1000() const;                     // among the accepted
  double wrong_per_1000_at_most() const;             // one-sided 90 % bound
};

// The lowest bar under which at most `wrong_per_1000` of the accepted were wrong.
Bar bar_of(const std::vector<Answer>& answers, double wrong_per_1000);
// The same, of the one-sided 90 % bound: what the answers prove, not only what they show.
Bar proven_bar_of(const std::vector<Answer>& answers, double wrong_per_1000);
// The bar to work by: the proven one; where nothing is proven yet the one that the answers show.
Bar working_bar_of(const std::vector<Answer>& answers, double wrong_per_1000);
// What that is worth on authors it was not set by: each batch is judged by the bar of all other batches.
// `confidence` is the mean of these bars.
Bar cross_checked(const std::vector<Answer>& answers, double wrong_per_1000);
// What a bar at this confidence would accept.
Bar at(const std::vector<Answer>& answers, double confidence);

// Who reads a bar must know whether it is proven: "preuve encore insuffisante" when the bound is over budget.
bool is_proven(const Bar& bar, double wrong_per_1000);

// File format: models/triage/README.md. `model` is the checksum of the model that gave the answers.
struct Proof {
  std::string model;
  std::vector<Answer> answers;  // surest first
  bool operator==(const Proof&) const = default;
};
std::string dump_proof(const Proof& proof);
// Faults: proof.format, proof.checksum.
letter::Result<Proof> parse_proof(std::string_view bytes);

}  // namespace classify
