// Making the table of ocr/check/confidence.hpp from readings whose truth is known. Pure and deterministic.
#pragma once

#include "letter/bounds.hpp"
#include "ocr/check/confidence.hpp"

namespace ocr {

// One reading: what it is, the reader's raw score, whether it was right. `fold` of two: a letter's readings
// are all in one.
struct TrustExample {
  std::vector<std::string> kinds;  // trust_kinds()
  std::string group;               // trust_group(); "" = nothing is accepted by it
  double raw = 0;
  double right = 0;  // 1 or 0; of a line the share of its letters that are right
  int fold = 0;
};

// `examples`: raw score and right. The monotone curve (pool adjacent violators) through bins of the examples.
// Each bin counts one half of a wrong reading more than was seen, so that a few right ones do not promise too
// much.
TrustCurve fit_curve(std::vector<std::pair<double, double>> examples);

// What a bar lets in, of readings that the curves had not seen.
struct TrustBar {
  double bar = 2;
  std::size_t n = 0, accepted = 0, wrong = 0;
  // One-sided 90 % upper bound of the share of wrong among the accepted; without a bar the least that one
  // would have had.
  double at_most = 1;
};

struct TrustFit {
  TrustTable table;                      // from all examples
  std::map<std::string, TrustBar> bars;  // by group
};

// Curves for every kind with enough examples. The bar of a group is the lowest at which the bound of wrong
// among accepted is at most `wrong_share`, each fold judged by curves of the other; 2 when there is none.
TrustFit fit_trust(const std::vector<TrustExample>& examples, double wrong_share);

using letter::upper_bound_90;

}  // namespace ocr
