// What reading says of the day a letter was sent: each proof printed on its envelope, and the day that the
// clocks would start on.
#pragma once

#include <array>
#include <map>

#include "cli/front.hpp"
#include "cli/truth.hpp"
#include "letter/tree.hpp"

namespace cli {

// Of one kind of proof. `sure`: read with router::sure_enough or more, so that it decides.
struct ProofTally {
  std::size_t there = 0, right = 0, wrong = 0, sure = 0, sure_wrong = 0;
  std::size_t invented = 0, invented_sure = 0;  // where the truth tells of none
  bool operator==(const ProofTally&) const = default;
};

struct SentTally {
  std::map<letter::SentBasis, ProofTally> proofs;
  // Letters whose sending date the truth tells (its strongest proof, else the date written), and what the
  // clocks would start on. `late`: later than the truth, so that a duty may be missed; `unflagged`: and
  // nobody would look.
  std::size_t letters = 0, right = 0, flagged = 0, late = 0, late_unflagged = 0;
  bool operator==(const SentTally&) const = default;
};

void count(SentTally& tally, const Truth& truth, const letter::ReadLetter& read);
std::string text_of(const SentTally& tally, const Front& front);  // "" when nothing was counted
letter::Tree tree_of(const SentTally& tally);

}  // namespace cli
