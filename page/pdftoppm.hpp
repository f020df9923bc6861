// Pages that are more than one image are drawn by poppler's pdftoppm, in a process behind walls of its own.
#pragma once

#include <string>

#include "letter/result.hpp"
#include "page/leptonica.hpp"

namespace page {

// Page `number`, from 1, in grey. Whatever poppler complains of makes it `damaged`. Fault:
// pdf.not_drawn. A walled child has its parent start pdftoppm; others start it themselves. BrokenWorld: no
// process can be made.
letter::Result<Flat> draw_pdf(const std::string& bytes, std::uint32_t number, int dpi);

}  // namespace page
