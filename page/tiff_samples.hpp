// A TIFF's row of samples of any depth as tones of grey. No library is needed for that.
#pragma once

#include <cstdint>
#include <span>

namespace page {

enum class Tones { black_is_zero, white_is_zero, rgb, inks };

struct SampleLayout {
  int bits = 8;     // a sample: 1..32, or 32 and 64 for floats (0..1)
  int samples = 1;  // a pixel, side by side
  bool is_float = false, is_signed = false;
  Tones tones = Tones::black_is_zero;
};

// `row` holds grey.size() pixels: whole bytes in this machine's order, other depths packed from the top bit.
void grey_row(std::span<const std::uint8_t> row, const SampleLayout& layout, std::span<std::uint8_t> grey);

}  // namespace page
