// One hand, or one machine, filled in all the cells of a form: shapes that are alike are one letter.
#pragma once

#include <vector>

#include "ocr/boxes/boxes.hpp"
#include "ocr/boxes/likeness.hpp"

namespace ocr {

// A machine draws a letter one way: where what the strokes say is one letter comes in two shapes, each of
// them again and again, it is two, and each of these cells may be the other (an 8 and a zero with a stroke in
// it). From BoxRead::strokes to strokes and cells. `likeness`: of these boxes, whatever they are read as.
void doubt_twofold(std::vector<BoxRead>& boxes, const Likeness& likeness);

// Weighs what each cell may say anew, by what the cells that look like it say: those of fields that a key,
// the calendar or a list vouches for above all. From BoxRead::strokes and settled to cells.
void learn_hand(std::vector<BoxRead>& boxes, const Likeness& likeness);

}  // namespace ocr
