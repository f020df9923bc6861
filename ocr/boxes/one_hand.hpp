// One hand, or one machine, filled in all the cells of a form: shapes that are alike are one letter.
#pragma once

#include <vector>

#include "ocr/boxes/boxes.hpp"

namespace ocr {

// Weighs what each cell may say anew, by what the cells that look like it say: those of fields that a key,
// the calendar or a list vouches for above all. From BoxRead::strokes, looks and settled to cells.
void learn_hand(std::vector<BoxRead>& boxes);

// 0..1: how likely two cells of one form are the same letter, by the product of their looks.
double same_letter(double product);

}  // namespace ocr
