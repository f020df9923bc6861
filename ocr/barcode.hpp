// Codes on a page, by zxing-cpp; barcode.cpp is the one file that sees it.
#pragma once

#include <optional>
#include <string>

#include "page/raster.hpp"

namespace ocr {

// The text of the QR code in this piece of a page; valid UTF-8.
std::optional<std::string> read_qr(const cv::Mat& grey);

}  // namespace ocr
