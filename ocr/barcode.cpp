#include "ocr/barcode.hpp"

#define ZX_USE_UTF8 1  // Result::text() as UTF-8
#include <ZXing/ReadBarcode.h>

#include "letter/text.hpp"

namespace ocr {

std::optional<std::string> read_qr(const cv::Mat& grey) {
  if (grey.empty()) return std::nullopt;
  try {
    // One format a call, and ReadBarcode only: its plural aborts the process on ordinary pages.
    const ZXing::DecodeHints hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode);
    const ZXing::ImageView view(grey.data, grey.cols, grey.rows, ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.step));
    const ZXing::Result result = ZXing::ReadBarcode(view, hints);
    if (result.isValid()) return letter::valid_utf8(result.text());
  } catch (const std::exception&) {
    // zxing throws on patterns it cannot make sense of: no code, then
  }
  return std::nullopt;
}

}  // namespace ocr
