// What Leptonica does for page/; leptonica.cpp is the one file of the room that sees it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "letter/result.hpp"
#include "page/raster.hpp"

namespace page {

// Pixels as a file had them, before anyone judged its resolution.
struct Flat {
  cv::Mat grey;  // 8-bit
  bool bilevel = false;
  double x_dpi = 0, y_dpi = 0;  // as the file says; 0 = it does not
  bool damaged = false;         // the decoder warned about the pixels
};

// Whole or not at all. Fault: png.broken.
letter::Result<Flat> read_png(const std::string& bytes);

std::string write_png(const Raster& raster);
// Grey; quality 1 to 100.
std::string write_jpeg(const Raster& raster, int quality);

// Which way letters stand, by the ratio of ascenders to descenders: the counter-clockwise turn that
// makes the page upright, none when undecided. `ink` of 150 to 300 dpi, straight to a degree.
std::optional<int> ascender_turn(const cv::Mat& ink);

}  // namespace page
