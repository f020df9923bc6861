// Whether anything is written on a page. Blank pages are marked, never dropped.
#pragma once

#include "page/raster.hpp"

namespace page {

// Fewer glyph-like marks than this, and the page counts as blank.
inline constexpr int blank_below = 4;

// Marks the size of a letter or a word, away from the sheet's edges, and no punch holes. The share of
// ink tells nothing: a shadow is more ink than a signature.
int glyph_like_marks(const Raster& raster);

inline bool blank(const Raster& raster) { return glyph_like_marks(raster) < blank_below; }

}  // namespace page
