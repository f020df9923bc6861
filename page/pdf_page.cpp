// Pages as a PDF. Leptonica could do it, but by a temporary file, and behind walls there is none.
#define POINTERHOLDER_TRANSITION 4  // plain std::shared_ptr

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "page/pdf.hpp"

namespace page {
namespace {

constexpr int quality = 85;

// Eight pixels a byte, rows from the top, 1 = white.
std::string bits(const cv::Mat& grey) {
  const std::size_t row = (static_cast<std::size_t>(grey.cols) + 7) / 8;
  std::string out(row * static_cast<std::size_t>(grey.rows), '\0');
  for (int y = 0; y < grey.rows; ++y)
    for (int x = 0; x < grey.cols; ++x)
      if (grey.at<uchar>(y, x) >= 128)
        out[static_cast<std::size_t>(y) * row + static_cast<std::size_t>(x) / 8] |=
            static_cast<char>(0x80 >> x % 8);
  return out;
}

QPDFObjectHandle image_of(QPDF& pdf, const Raster& raster) {
  auto image =
      QPDFObjectHandle::newStream(&pdf, raster.bilevel ? bits(raster.grey) : write_jpeg(raster, quality));
  auto facts = QPDFObjectHandle::parse("<< /Type /XObject /Subtype /Image /ColorSpace /DeviceGray >>");
  facts.replaceKey("/Width", QPDFObjectHandle::newInteger(raster.grey.cols));
  facts.replaceKey("/Height", QPDFObjectHandle::newInteger(raster.grey.rows));
  facts.replaceKey("/BitsPerComponent", QPDFObjectHandle::newInteger(raster.bilevel ? 1 : 8));
  if (!raster.bilevel) facts.replaceKey("/Filter", QPDFObjectHandle::newName("/DCTDecode"));
  image.replaceDict(facts);
  return image;
}

std::string written(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.write();
  const std::unique_ptr<Buffer> out(writer.getBuffer());
  return {reinterpret_cast<const char*>(out->getBuffer()), out->getSize()};
}

}  // namespace

std::string write_pdf_page(const Raster& raster) {
  QPDF pdf;
  pdf.emptyPDF();
  const double points_a_pixel = 72 / std::max(1.0, raster.dpi);
  const std::string width = std::to_string(raster.grey.cols * points_a_pixel),
                    height = std::to_string(raster.grey.rows * points_a_pixel);
  auto page = QPDFObjectHandle::parse("<< /Type /Page /MediaBox [0 0 " + width + " " + height +
                                      "] /Resources << /XObject << >> >> >>");
  page.getKey("/Resources").getKey("/XObject").replaceKey("/I", image_of(pdf, raster));
  page.replaceKey("/Contents",
                  QPDFObjectHandle::newStream(&pdf, "q " + width + " 0 0 " + height + " 0 0 cm /I Do Q"));
  QPDFPageDocumentHelper(pdf).addPage(QPDFPageObjectHelper(pdf.makeIndirectObject(page)), false);
  return written(pdf);
}

std::string join_pdf(const std::vector<std::string>& pages) {
  QPDF joined;
  joined.emptyPDF();
  QPDFPageDocumentHelper to(joined);
  std::vector<std::unique_ptr<QPDF>> parts;  // alive until written: pages refer to their own file
  for (const std::string& bytes : pages) {
    parts.push_back(std::make_unique<QPDF>());
    parts.back()->processMemoryFile("page", bytes.data(), bytes.size());
    for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper(*parts.back()).getAllPages())
      to.addPage(page, false);
  }
  return written(joined);
}

}  // namespace page
