// Short typed letters that differ in a word or two: quick to read, no two alike.
#pragma once

#include <string>

namespace e2e {

// A half sheet, 150 dpi, as a G4 TIFF. Same number, same bytes.
std::string short_letter(int number);
// Letters 0 to `letters` - 1 as one file, a DOC separator sheet before each.
std::string stack_of(int letters);

}  // namespace e2e
