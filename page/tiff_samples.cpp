#include "page/tiff_samples.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace page {
namespace {

template <class Number>
double number_at(std::span<const std::uint8_t> row, std::size_t i) {
  Number n;
  std::memcpy(&n, row.data() + i * sizeof n, sizeof n);
  return static_cast<double>(n);
}

double packed_at(std::span<const std::uint8_t> row, std::size_t i, int bits) {
  std::uint64_t n = 0;
  const std::size_t first = i * static_cast<std::size_t>(bits);
  for (std::size_t bit = first; bit < first + static_cast<std::size_t>(bits); ++bit)
    n = n << 1 | (row[bit / 8] >> (7 - bit % 8) & 1u);
  return static_cast<double>(n);
}

// 0..1
double tone_at(std::span<const std::uint8_t> row, std::size_t i, const SampleLayout& layout) {
  double v = 0;
  if (layout.is_float) {
    v = layout.bits == 64 ? number_at<double>(row, i) : number_at<float>(row, i);
    return std::isfinite(v) ? std::clamp(v, 0.0, 1.0) : 0;
  }
  if (layout.bits == 16) {
    v = number_at<std::uint16_t>(row, i);
  } else if (layout.bits == 24) {
    v = row[i * 3] + 256.0 * row[i * 3 + 1] + 65536.0 * row[i * 3 + 2];
  } else if (layout.bits == 32) {
    v = number_at<std::uint32_t>(row, i);
  } else {
    v = packed_at(row, i, layout.bits);
  }
  const double range = std::ldexp(1.0, layout.bits);
  if (layout.is_signed) v = v >= range / 2 ? v - range / 2 : v + range / 2;
  return v / (range - 1);
}

}  // namespace

void grey_row(std::span<const std::uint8_t> row, const SampleLayout& layout, std::span<std::uint8_t> grey) {
  for (std::size_t x = 0; x < grey.size(); ++x) {
    const auto tone = [&](std::size_t k) {
      return tone_at(row, x * static_cast<std::size_t>(layout.samples) + k, layout);
    };
    double light = 0;
    switch (layout.tones) {
      case Tones::black_is_zero:
        light = tone(0);
        break;
      case Tones::white_is_zero:
        light = 1 - tone(0);
        break;
      case Tones::rgb:
        light = 0.299 * tone(0) + 0.587 * tone(1) + 0.114 * tone(2);
        break;
      case Tones::inks:
        light = (1 - (0.299 * tone(0) + 0.587 * tone(1) + 0.114 * tone(2))) * (1 - tone(3));
        break;
    }
    grey[x] = static_cast<std::uint8_t>(std::lround(255 * light));
  }
}

}  // namespace page
