// Whatever is written in a zone, line by line, each by the reader that suits it: print or hands.
#pragma once

#include <string>
#include <vector>

#include "ocr/readers.hpp"
#include "page/raster.hpp"

namespace ocr {

struct LineRead {
  std::string text;                   // valid UTF-8, never empty
  letter::Confidence confidence = 0;  // what its reader says of itself
  letter::How how = letter::How::typed;
  cv::Rect box;  // px of the raster
};

// What lines are read at, at most: finer gives no more letters, only more to do.
inline constexpr double lines_dpi = 200;

// `raster`: upright and about straight. From top to bottom; pieces far apart at one height are lines of their
// own, left to right. Told apart by their strokes (ocr/lines/script); where these leave a doubt, or a reader
// is unsure of itself, both read and the better reading stands. Nothing is read where nothing is written;
// what reads as nonsense is left out.
std::vector<LineRead> read_lines(const page::Raster& raster, const Readers& readers);

}  // namespace ocr
