// Whether what a form says comes with it came. Pure.
#pragma once

#include <cstddef>

#include "letter/reading.hpp"

namespace ocr {

// Counts what the form declares (NB_PJ, and SUITE ticked: one sheet more) against `other_pages`, the pages of
// the letter that are neither the form nor blank. What is missing is a note on the field that declares it:
// field.enclosures_missing, field.continuation_missing. It does not say anything about the queue, so nobody
// is asked about the sorting for it.
void check_enclosures(letter::ReadLetter& read, std::size_t other_pages);

}  // namespace ocr
