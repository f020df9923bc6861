// Counting how often the sorter is right. Pure.
#pragma once

#include "classify/corpus.hpp"
#include "classify/train.hpp"
#include "letter/sorted.hpp"

namespace classify {

// Adds one sorted letter whose truth is known.
void count(Evaluation& evaluation, const Example& truth, const letter::SortedLetter& said);
void count(Complaints& complaints, const Example& truth, const letter::SortedLetter& said);
// Figures that need all letters; call once, at the end.
void finish(Evaluation& evaluation);

}  // namespace classify
