// A number of social security tells year and month of birth, and so does the date of birth: what the cells of
// the one say helps to read the other's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/boxes/boxes.hpp"

namespace ocr {

// Before settling: the four digits that both have are weighed together.
void lend_birth(std::vector<BoxRead>& boxes);

// Whether both tell the same year and month. `nir`: from its first digit; `born`: JJMMAAAA. None where one is
// too short, or the number tells no month (records that were never complete).
std::optional<bool> same_birth(const std::string& nir, const std::string& born);

// After it: where they do not agree both have the note field.nir_birth. People whose papers differ exist.
void compare_birth(std::vector<BoxRead>& boxes);

}  // namespace ocr
