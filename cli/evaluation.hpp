// What a pile of scans with known truth says about reading and sorting. Pure: count letters, then print.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/evaluation_sent.hpp"
#include "cli/front.hpp"
#include "cli/score.hpp"
#include "letter/tree.hpp"

namespace cli {

struct Tally {
  std::size_t n = 0, right = 0, accepted = 0, accepted_wrong = 0;
  bool operator==(const Tally&) const = default;
};
void count(Tally& tally, const FieldScore& score);

struct Share {
  std::size_t part = 0, n = 0;
  double value() const { return n == 0 ? 0 : static_cast<double>(part) / static_cast<double>(n); }
  bool operator==(const Share&) const = default;
};
void count(Share& share, bool part);

// One thing that was decided with a confidence, and whether it was right.
struct Outcome {
  double confidence = 0;
  bool right = false;
};

// What would be accepted, and wrong, if the bar stood at this confidence.
struct Risk {
  double bar = 0;
  std::size_t n = 0, accepted = 0, wrong = 0;
  double share() const { return n == 0 ? 0 : static_cast<double>(accepted) / static_cast<double>(n); }
  double wrong_per_1000() const {
    return accepted == 0 ? 0 : 1000.0 * static_cast<double>(wrong) / static_cast<double>(accepted);
  }
};
std::vector<Risk> risk_curve(const std::vector<Outcome>& outcomes);
// The most that can be accepted, best first, with at most so many wrong.
Risk most_accepted(std::vector<Outcome> outcomes, double wrong_per_1000);

// Of each tenth of confidence: how many, how sure they said they were, how many were right.
struct Bin {
  std::size_t n = 0;
  double right = 0, confidence = 0;  // sums
};
using Reliability = std::array<Bin, 10>;
void count(Reliability& bins, double confidence, double right);
Reliability reliability(const std::vector<Outcome>& outcomes);
// Mean distance of said from true, weighted by how many.
double calibration_error(const Reliability& bins);

// How many wrong per 1,000 the house allows: accepted fields, letters sorted without a person.
inline constexpr int field_budget = 2, queue_budget = 20;

struct Sorting {
  std::array<std::array<std::size_t, letter::queue_count>, letter::queue_count> confusion{};  // [true][said]
  Share right, secondary;
  // Right queue as read, and had every word been read right: what reading costs. "typed", "hand".
  std::map<std::string, Share> read, by_text;
  Share complaints_kept, called_complaints_right;  // recall, precision
  Tally alone;                                     // accepted = no person is asked
  std::map<std::string, Tally> by_difficulty, by_hand;
  std::vector<Outcome> outcomes;
  double macro_f1() const;  // over the queues that letters truly belong to
};

struct Evaluation {
  std::size_t letters = 0, pages = 0, unread = 0;  // unread: no reading came back
  std::map<std::string, std::size_t> absent;       // truth keys that were not there, by letter
  std::map<std::string, std::size_t> refused;      // reason code of the unread
  Share forms, dates;
  std::map<std::string, Tally> by_field;                   // "typed NIR"
  std::map<std::string, Tally> by_group;                   // "typed comb"
  std::map<std::string, std::vector<Outcome>> outcomes;    // by group
  std::map<std::string, TextScore> text;                   // "typed", "hand"
  std::map<std::string, Reliability> lines;                // the same; right: share of a line's letters
  std::map<std::string, std::vector<double>> text_errors;  // CER of each letter
  SentTally sent;
  Sorting sorting;
};

struct Scored {
  const Truth& truth;
  const letter::SortedLetter& sorted;
  const std::vector<FieldScore>& fields;
  std::optional<letter::Queue> by_text;  // its queue had every word been read right
};
void count(Evaluation& evaluation, const Scored& letter);
void count_unread(Evaluation& evaluation, const Truth& truth, const letter::Reason& why);

std::string text(const Evaluation& evaluation, const Front& front);
letter::Tree tree_of(const Evaluation& evaluation);

}  // namespace cli
