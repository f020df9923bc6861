#include <leptonica/allheaders.h>

#include <cmath>
#include <cstring>
#include <memory>

#include "letter/result.hpp"
#include "models/workshop/encode.hpp"

namespace workshop {
namespace {

struct PixFreer {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};
using PixHolder = std::unique_ptr<PIX, PixFreer>;

PixHolder pix_of(const Raster& page, int depth) {
  PixHolder pix(pixCreate(page.width, page.height, depth));
  if (!pix) throw letter::BrokenWorld("leptonica: no memory for a page");
  const int dpi = static_cast<int>(std::lround(page.dpi));
  pixSetResolution(pix.get(), dpi, dpi);
  const std::uint8_t* in = page.grey.data();
  for (int y = 0; y < page.height; ++y) {
    l_uint32* line = pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix.get());
    for (int x = 0; x < page.width; ++x, ++in) {
      if (depth == 8)
        SET_DATA_BYTE(line, x, *in);
      else if (*in < 128)
        SET_DATA_BIT(line, x);
    }
  }
  return pix;
}

std::string taken(l_uint8* bytes, std::size_t length, bool failed) {
  const std::unique_ptr<l_uint8, void (*)(void*)> holder(bytes, lept_free);
  if (failed) throw letter::BrokenWorld("leptonica could not encode a page");
  return std::string(reinterpret_cast<const char*>(bytes), length);
}

std::string png_of_depth(const Raster& page, int depth) {
  const PixHolder pix = pix_of(page, depth);
  pixSetZlibCompression(pix.get(), depth == 8 ? 1 : 6);  // noise does not shrink, however long one tries
  l_uint8* bytes = nullptr;
  std::size_t length = 0;
  const bool failed = pixWriteMemPng(&bytes, &length, pix.get(), 0) != 0;
  return taken(bytes, length, failed);
}

}  // namespace

std::string png(const Raster& page) { return png_of_depth(page, 8); }

std::string png_bitonal(const Raster& page) { return png_of_depth(page, 1); }

std::string jpeg(const Raster& page, int quality) {
  const PixHolder pix = pix_of(page, 8);
  l_uint8* bytes = nullptr;
  std::size_t length = 0;
  const bool failed = pixWriteMemJpeg(&bytes, &length, pix.get(), quality, 0) != 0;
  return taken(bytes, length, failed);
}

}  // namespace workshop
