#include "page/bits.hpp"

#include <algorithm>
#include <cstring>

namespace page {
namespace {

constexpr double coarsest_dpi = 120, finest_dpi = 240;
constexpr std::uint64_t all_bits = ~std::uint64_t{0};

Bits sheet(int width, int height) {
  Bits out{width, height, (width + 63) / 64, {}};
  out.ink.resize(static_cast<std::size_t>(out.words) * height);
  return out;
}

// The top bit of each of eight bytes, the first byte's lowest.
std::uint64_t top_bits(const uchar* eight) {
  std::uint64_t v = 0;
  std::memcpy(&v, eight, 8);
  return (v >> 7 & 0x0101010101010101) * 0x0102040810204080 >> 56;
}

// `flip`: all bits, to take dark for ink.
void pack_row(const uchar* from, int width, std::uint64_t flip, std::uint64_t* to) {
  const int whole = width / 64, rest = width % 64;
  for (int w = 0; w < whole; ++w, from += 64) {
    std::uint64_t word = 0;
    for (int i = 0; i < 8; ++i) word |= top_bits(from + 8 * i) << 8 * i;
    to[w] = word ^ flip;
  }
  if (rest == 0) return;
  to[whole] = 0;
  for (int b = 0; b < rest; ++b) to[whole] |= static_cast<std::uint64_t>((from[b] >> 7) ^ (flip & 1)) << b;
}

// The bits at even places, close together in the lower half.
std::uint64_t evens(std::uint64_t v) {
  v &= 0x5555555555555555;
  v = (v | v >> 1) & 0x3333333333333333;
  v = (v | v >> 2) & 0x0f0f0f0f0f0f0f0f;
  v = (v | v >> 4) & 0x00ff00ff00ff00ff;
  v = (v | v >> 8) & 0x0000ffff0000ffff;
  return (v | v >> 16) & 0xffffffff;
}

// Two rows, `words` long, into row `y` of `out`, which is zero as yet.
void halve_rows(const std::uint64_t* a, const std::uint64_t* b, int words, Bits& out, int y) {
  std::uint64_t* to = out.row(y);
  for (int w = 0; w < words && w / 2 < out.words; ++w) {
    const std::uint64_t both = a[w] & b[w], any = a[w] | b[w];
    to[w / 2] |= evens(both | both >> 1 | (any & any >> 1)) << (w % 2 * 32);
  }
  if (out.width % 64 != 0) to[out.words - 1] &= all_bits >> (64 - out.width % 64);
}

Bits packed(const cv::Mat& tones, std::uint64_t flip) {
  Bits out = sheet(tones.cols, tones.rows);
  for (int y = 0; y < tones.rows; ++y) pack_row(tones.ptr<uchar>(y), tones.cols, flip, out.row(y));
  return out;
}

// Packed and halved in one walk, so that the page passes through memory once.
Bits packed_half(const cv::Mat& tones, std::uint64_t flip) {
  Bits out = sheet(tones.cols / 2, tones.rows / 2);
  const int words = (tones.cols + 63) / 64;
  std::vector<std::uint64_t> pair(static_cast<std::size_t>(2 * words));
  for (int y = 0; y < out.height; ++y) {
    pack_row(tones.ptr<uchar>(2 * y), tones.cols, flip, pair.data());
    pack_row(tones.ptr<uchar>(2 * y + 1), tones.cols, flip, pair.data() + words);
    halve_rows(pair.data(), pair.data() + words, words, out, y);
  }
  return out;
}

bool may_be_halved(double dpi) { return dpi >= finest_dpi && dpi / 2 >= coarsest_dpi; }

}  // namespace

Bits bits_of(const cv::Mat& ink) { return packed(ink, 0); }

Bits halved(const Bits& bits) {
  Bits out = sheet(bits.width / 2, bits.height / 2);
  for (int y = 0; y < out.height; ++y) halve_rows(bits.row(2 * y), bits.row(2 * y + 1), bits.words, out, y);
  return out;
}

Bits working_bits(const Raster& raster) {
  if (!raster.bilevel) return bits_of(ink(reduced(raster, 150)));
  if (!may_be_halved(raster.dpi)) return packed(raster.grey, all_bits);
  Bits bits = packed_half(raster.grey, all_bits);
  for (double dpi = raster.dpi / 2; may_be_halved(dpi); dpi /= 2) bits = halved(bits);
  return bits;
}

}  // namespace page
