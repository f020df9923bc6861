// The empty form on paper: the same TOML that the reader reads by.
#pragma once

#include <string>

#include "letter/result.hpp"
#include "ocr/form/form.hpp"

namespace workshop {

class Canvas;

enum class PrintFormat { pdf, png, svg };

// The bytes of the printed form, with its QR. dpi counts for png only (72..1200).
letter::Result<std::string> print_blank(const ocr::Form& form, PrintFormat format, double dpi = 300);

// The same drawing on a canvas of the caller, who may go on and fill it in.
void draw_blank(Canvas& canvas, const ocr::Form& form);

}  // namespace workshop
