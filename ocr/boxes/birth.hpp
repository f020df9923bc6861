// A number of social security tells year and month of birth, and so does the date of birth: what the cells of
// the one say helps to read the other's.
#pragma once

#include <vector>

#include "ocr/boxes/boxes.hpp"

namespace ocr {

// Before settling: the four digits that both have are weighed together.
void lend_birth(std::vector<BoxRead>& boxes);

// After it: where they do not agree both have the note field.nir_birth. People whose papers differ exist.
void compare_birth(std::vector<BoxRead>& boxes);

}  // namespace ocr
