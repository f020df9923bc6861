// Codes on a page, by zxing-cpp; barcode.cpp is the one file that sees it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "page/raster.hpp"

namespace page {

enum class Symbology { qr, code_128 };

struct Code {
  std::string text;              // valid UTF-8
  std::vector<cv::Point> where;  // its four corners, px
};

// A code in this piece of a page (8-bit grey), lying any way up. A Code 128 is looked for along rows and
// columns only: turned by more than its height allows, it is not seen.
std::optional<Code> read_code(const cv::Mat& grey, Symbology symbology);
// Several, each painted over once it is read, so that the next shows; at most `most`.
std::vector<Code> read_codes(const cv::Mat& grey, Symbology symbology, std::size_t most);

// The text of the QR code in this piece of a page.
std::optional<std::string> read_qr(const cv::Mat& grey);

}  // namespace page
