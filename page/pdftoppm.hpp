// Pages that are more than one image are drawn by poppler's pdftoppm, as a child of this process.
#pragma once

#include <string>

#include "letter/result.hpp"
#include "page/leptonica.hpp"

namespace page {

// Page `number`, from 1, in grey. Whatever poppler complains of makes it `damaged`. Fault:
// pdf.not_drawn. BrokenWorld: no child can be made.
letter::Result<Flat> draw_pdf(const std::string& bytes, std::uint32_t number, int dpi);

}  // namespace page
