// What speaks for and against the reading of each comb of a form, as numbers: its strokes, what is known of
// such values, the form's other fields, and the hand that wrote them all.
#pragma once

#include <vector>

#include "ocr/boxes/boxes.hpp"
#include "ocr/boxes/sureness.hpp"

namespace ocr {

// One for each box; all zeros for an empty one. `by_hand`: ocr::baseline_stray_mm says so.
std::vector<Evidence> evidence_of(const std::vector<BoxRead>& boxes, const Spelling& spelling, bool by_hand);

// Makes of all that, and of Boxes' weights, how likely each filled comb is read rightly: its settled.score.
void make_sure(std::vector<BoxRead>& boxes, const Boxes& known, bool by_hand);

}  // namespace ocr
