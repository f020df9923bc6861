#include "page/leptonica.hpp"

#include <leptonica/allheaders.h>

#include <cmath>
#include <memory>

namespace page {
namespace {

struct PixFree {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixFree>;
struct LeptFree {
  void operator()(void* memory) const { lept_free(memory); }
};
using Bytes = std::unique_ptr<l_uint8, LeptFree>;

const l_uint8* octets(const std::string& bytes) { return reinterpret_cast<const l_uint8*>(bytes.data()); }

// One tone a byte in memory order; Leptonica keeps 32-bit words, most significant byte first.
cv::Mat grey_of(Pix* pix) {
  const int w = pixGetWidth(pix), h = pixGetHeight(pix), words = pixGetWpl(pix);
  cv::Mat grey(h, w, CV_8U);
  for (int y = 0; y < h; ++y) {
    const l_uint32* from = pixGetData(pix) + static_cast<std::ptrdiff_t>(y) * words;
    uchar* to = grey.ptr<uchar>(y);
    for (int x = 0; x < w; ++x) to[x] = static_cast<uchar>(GET_DATA_BYTE(from, x));
  }
  return grey;
}

Flat flat_of(Pix* pix) {
  Flat flat;
  flat.bilevel = pixGetDepth(pix) == 1;
  flat.x_dpi = pixGetXRes(pix), flat.y_dpi = pixGetYRes(pix);
  // A palette or transparency first becomes plain colours on white paper.
  PixPtr plain(pixGetSpp(pix) == 4 ? pixAlphaBlendUniform(pix, 0xffffff00)
                                   : pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC));
  PixPtr grey(plain ? pixConvertTo8(plain.get(), 0) : nullptr);
  if (grey) flat.grey = grey_of(grey.get());
  return flat;
}

PixPtr pix_of(const cv::Mat& ink) {
  PixPtr pix(pixCreate(ink.cols, ink.rows, 1));
  if (!pix) return pix;
  const int words = pixGetWpl(pix.get());
  for (int y = 0; y < ink.rows; ++y) {
    const uchar* from = ink.ptr<uchar>(y);
    l_uint32* to = pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * words;
    for (int x = 0; x < ink.cols; x += 32) {
      l_uint32 word = 0;
      const int end = std::min(32, ink.cols - x);
      for (int b = 0; b < end; ++b) word |= static_cast<l_uint32>(from[x + b] >> 7) << (31 - b);
      to[x / 32] = word;
    }
  }
  return pix;
}

PixPtr pix_of(const Raster& raster) {
  PixPtr pix;
  if (raster.bilevel) {
    cv::Mat black;
    cv::threshold(raster.grey, black, 127, 255, cv::THRESH_BINARY_INV);
    pix = pix_of(black);
  } else {
    pix.reset(pixCreate(raster.grey.cols, raster.grey.rows, 8));
    if (!pix) throw std::bad_alloc();
    const int words = pixGetWpl(pix.get());
    for (int y = 0; y < raster.grey.rows; ++y) {
      const uchar* from = raster.grey.ptr<uchar>(y);
      l_uint32* to = pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * words;
      for (int x = 0; x < raster.grey.cols; ++x) SET_DATA_BYTE(to, x, from[x]);
    }
  }
  if (!pix) throw std::bad_alloc();
  const int dpi = static_cast<int>(std::lround(raster.dpi));
  pixSetResolution(pix.get(), dpi, dpi);
  return pix;
}

}  // namespace

letter::Result<Flat> read_png(const std::string& bytes) {
  setMsgSeverity(L_SEVERITY_NONE);
  PixPtr pix(pixReadMemPng(octets(bytes), bytes.size()));
  Flat flat;
  if (pix) flat = flat_of(pix.get());
  if (flat.grey.empty())
    return letter::fault("png.broken", "L’image PNG est incomplète ou abîmée.",
                         "The PNG image is cut or damaged.");
  return flat;
}

std::string write_png(const Raster& raster) {
  PixPtr pix = pix_of(raster);
  pixSetZlibCompression(pix.get(), 4);
  l_uint8* out = nullptr;
  size_t size = 0;
  if (pixWriteMemPng(&out, &size, pix.get(), 0) != 0) throw letter::BrokenWorld("Leptonica cannot write PNG");
  const Bytes owner(out);
  return {reinterpret_cast<const char*>(out), size};
}

std::string write_jpeg(const Raster& raster, int quality) {
  PixPtr pix = pix_of(raster);
  l_uint8* out = nullptr;
  size_t size = 0;
  if (pixWriteMemJpeg(&out, &size, pix.get(), quality, 0) != 0)
    throw letter::BrokenWorld("Leptonica cannot write JPEG");
  const Bytes owner(out);
  return {reinterpret_cast<const char*>(out), size};
}

std::optional<int> ascender_turn(const cv::Mat& ink) {
  setMsgSeverity(L_SEVERITY_NONE);
  PixPtr pix = pix_of(ink);
  l_float32 up = 0, left = 0;
  l_int32 orientation = L_TEXT_ORIENT_UNKNOWN;
  if (!pix || pixOrientDetect(pix.get(), &up, &left, 0, 0) != 0) return std::nullopt;
  makeOrientDecision(up, left, 0, 0, &orientation, 0);
  switch (orientation) {
    case L_TEXT_ORIENT_UP:
      return 0;
    case L_TEXT_ORIENT_LEFT:
      return 270;  // heads of the letters point left: turn clockwise
    case L_TEXT_ORIENT_DOWN:
      return 180;
    case L_TEXT_ORIENT_RIGHT:
      return 90;
    default:
      return std::nullopt;
  }
}

}  // namespace page
