#include "page/barcode.hpp"

#define ZX_USE_UTF8 1  // Result::text() as UTF-8
#include <ZXing/ReadBarcode.h>

#include "letter/text.hpp"

namespace page {

std::optional<Code> read_code(const cv::Mat& grey, Symbology symbology) {
  if (grey.empty()) return std::nullopt;
  try {
    // One format a call, and ReadBarcode only: its plural aborts the process on ordinary pages.
    const ZXing::DecodeHints hints = ZXing::DecodeHints().setFormats(
        symbology == Symbology::qr ? ZXing::BarcodeFormat::QRCode : ZXing::BarcodeFormat::Code128);
    const ZXing::ImageView view(grey.data, grey.cols, grey.rows, ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.step));
    const ZXing::Result result = ZXing::ReadBarcode(view, hints);
    if (!result.isValid()) return std::nullopt;
    Code code{letter::valid_utf8(result.text()), {}};
    for (const auto& corner : result.position()) code.where.emplace_back(corner.x, corner.y);
    return code;
  } catch (const std::exception&) {
    return std::nullopt;  // zxing throws on patterns it cannot make sense of: no code, then
  }
}

std::vector<Code> read_codes(const cv::Mat& grey, Symbology symbology, std::size_t most) {
  std::vector<Code> codes;
  cv::Mat left = grey;
  while (codes.size() < most) {
    auto code = read_code(left, symbology);
    if (!code) break;
    if (codes.empty()) left = grey.clone();
    // A linear code's corners lie on the rows that were read: its bars go on above and below.
    cv::Rect spot = cv::boundingRect(code->where);
    const int grown = std::max(spot.width, spot.height) / 4 + 2;
    spot = (spot + cv::Size(2 * grown, 2 * grown) - cv::Point(grown, grown)) & cv::Rect({}, left.size());
    left(spot).setTo(255);
    codes.push_back(std::move(*code));
  }
  return codes;
}

std::optional<std::string> read_qr(const cv::Mat& grey) {
  auto code = read_code(grey, Symbology::qr);
  if (!code) return std::nullopt;
  return std::move(code->text);
}

}  // namespace page
