// The whole of the evidence in one place, the same for sorting and for training.
#include "classify/complaint.hpp"
#include "classify/evidence.hpp"
#include "classify/mediation.hpp"
#include "classify/role.hpp"

namespace classify {
namespace {

void append(std::vector<Signal>& all, const std::vector<Signal>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

std::vector<Signal> spoken_signals(const Words& words, const Rules& rules) {
  std::vector<Signal> all = rule_signals(words, rules);
  append(all, mediation_signals(words, rules));
  append(all, complaint_signals(words, rules));
  append(all, pronoun_signals(words, rules));
  return all;
}

std::vector<Signal> marked_signals(const letter::ReadLetter& read, const Rules& rules) {
  std::vector<Signal> all = form_signals(read, rules);
  append(all, role_signals(read, rules));
  return all;
}

}  // namespace classify
