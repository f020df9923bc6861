// Pages of pixels as the files that a scanner makes. Every file says its resolution.
#pragma once

#include <string>
#include <vector>

#include "models/workshop/canvas.hpp"

namespace workshop {

// Bitonal files take pixels below 128 for black.
std::string png(const Raster& page);
std::string png_bitonal(const Raster& page);
std::string jpeg(const Raster& page, int quality);  // grey; quality 1..100

enum class TiffKind { g4, bitonal_lzw, grey_lzw };
std::string tiff(const std::vector<Raster>& pages, TiffKind kind);

// One image a page, and nothing else on it. quality 0 = bitonal, in G4; else grey JPEG.
std::string image_pdf(const std::vector<Raster>& pages, int quality);

}  // namespace workshop
