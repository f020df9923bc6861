// A page that is no form: its lines, printed or written, in reading order.
#pragma once

#include <cstdint>
#include <vector>

#include "ocr/prose/layout.hpp"
#include "ocr/readers.hpp"
#include "ocr/sight.hpp"

namespace ocr {

// `index`: of the page in its letter. Whose words the lines are is not told here (ocr/prose/layout).
std::vector<FreeLine> read_free_page(const letter::Page& facts, std::uint32_t index, const Sight& sight,
                                     const Readers& readers);

}  // namespace ocr
