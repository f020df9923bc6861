// Code 128, the linear code of parcel and registered-letter labels (ISO/IEC 15417), as bars to draw.
#pragma once

#include <string>
#include <vector>

#include "models/workshop/canvas.hpp"

namespace workshop {

// Widths in modules, bar and space in turn, from the start bar to the stop bar. Printable ASCII only
// (ENSURE); four digits or more in a row go in pairs (set C), all else in set B.
std::vector<int> code_128(const std::string& text);

// Its bars, filling `where` from edge to edge: the caller leaves ten modules of white on both sides.
void draw_code_128(Canvas& canvas, const Rect& where, const std::string& text);

}  // namespace workshop
