// Patch T, the separator of production scanners: four bars along an edge of the sheet.
#pragma once

#include "page/raster.hpp"

namespace page {

// The widths of its bars and spaces in modules of 2.03 mm (0.08 inch), counted from the edge of the sheet
// inwards: narrow, wide, narrow, wide bar. Source: Kodak, Patch Code Information (A-61599), patch T. Read
// from the other side the same bars are patch 3, so the direction matters.
inline constexpr double patch_t[7] = {1, 1, 2.5, 1, 1, 1, 2.5};
inline constexpr double patch_t_modules = 10;
inline constexpr double patch_module_mm = 2.032;

// On how many of the four edges of this page a patch T stands, 0..4. The page may be turned by up to 10
// degrees.
std::uint32_t patch_t_edges(const Raster& raster);

// Halved as often as `least_dpi` allows: much quicker than any other reduction.
Raster halved(const Raster& raster, double least_dpi);

}  // namespace page
