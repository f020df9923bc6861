// When a person must confirm the sorting, and why. Pure.
#pragma once

#include <vector>

#include "classify/prose.hpp"
#include "classify/rules.hpp"
#include "letter/sorted.hpp"

namespace classify {

// What the sorting went by, beside what `SortedLetter` keeps.
struct Grounds {
  // The most probable subject by the words alone (autre = none of them) and how sure they are of it.
  letter::Queue words_subject = letter::Queue::autre;
  double words_subject_sure = 0;
  double words_company = 0;  // probability, by the words alone, that a company writes
  bool complaint_unsure = false;
};

// Reasons "sort.*", each once; empty = no person needed.
std::vector<letter::Reason> review_reasons(const letter::SortedLetter& sorted, const Grounds& grounds,
                                           const Words& words, const Rules& rules, double review_below);

}  // namespace classify
