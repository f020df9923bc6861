// Our own Code 128 against a reader that is not ours.
#include "models/workshop/code_128.hpp"

#define ZX_USE_UTF8 1  // texts as std::string
#include <ZXing/ReadBarcode.h>
#include <gtest/gtest.h>

#include <numeric>

namespace {

std::string read_back(const std::string& text) {
  workshop::Canvas canvas(workshop::Medium::pixels, 160, 30, 300);
  workshop::draw_code_128(canvas, {15, 8, 130, 14}, text);
  const workshop::Raster page = canvas.raster();
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::Code128);
  const auto found =
      ZXing::ReadBarcode({page.grey.data(), page.width, page.height, ZXing::ImageFormat::Lum}, hints);
  return found.isValid() ? found.text() : "";
}

TEST(Code128, IsReadBackWhateverItsText) {
  for (const std::string text : {"1A12345678901", "2C00000000000", "1A99999999999", "ABC", "a~b c!", "0",
                                 "01", "012", "0123", "01234", "X1234Y", "X12345Y", "12AB3456"})
    EXPECT_EQ(read_back(text), text);
}

TEST(Code128, EverySymbolIsElevenModulesWide) {
  // Start, 13 signs of which 10 digits go in 5 pairs with one switch, check, and a stop of 13.
  const auto widths = workshop::code_128("1A12345678901");
  EXPECT_EQ(std::accumulate(widths.begin(), widths.end(), 0), 11 * (1 + 3 + 1 + 5 + 1) + 13);
}

}  // namespace
