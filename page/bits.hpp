// Ink at one bit a pixel: what can be measured on a whole page in a millisecond.
#pragma once

#include <cstdint>
#include <vector>

#include "page/raster.hpp"

namespace page {

// 1 = ink. Rows from the top, each of `words` words; the leftmost pixel is a word's lowest bit. Bits
// beyond the width are 0.
struct Bits {
  int width = 0, height = 0, words = 0;
  std::vector<std::uint64_t> ink;
  const std::uint64_t* row(int y) const { return ink.data() + static_cast<std::ptrdiff_t>(y) * words; }
  std::uint64_t* row(int y) { return ink.data() + static_cast<std::ptrdiff_t>(y) * words; }
};

// The ink of a page at 120 to 240 dpi, or what it has when that is less. Two tones are halved by rank;
// grey is reduced and held against its surroundings.
Bits working_bits(const Raster& raster);

// `ink`: 8-bit, 255 = ink, else 0.
Bits bits_of(const cv::Mat& ink);

// Half as wide and high: ink where at least two pixels of four are, so that lone specks vanish.
Bits halved(const Bits& bits);

}  // namespace page
