#include "drawn.hpp"

#define POINTERHOLDER_TRANSITION 4

#include <tiffio.h>

#include <fstream>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "tests/vault/temp_folder.hpp"
#include "vault/disk.hpp"

namespace ingest {
namespace {

constexpr std::uint32_t width = 64, height = 40, rows_a_strip = 16;

std::uint16_t code_of(Packing packing) {
  switch (packing) {
    case Packing::g4:
      return COMPRESSION_CCITTFAX4;
    case Packing::lzw:
      return COMPRESSION_LZW;
    case Packing::deflate:
      return COMPRESSION_ADOBE_DEFLATE;
    default:
      return COMPRESSION_NONE;
  }
}

void draw_page(TIFF* tiff, std::uint32_t page, Packing packing) {
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, rows_a_strip);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, code_of(packing));
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 300.0);
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 300.0);
  TIFFSetField(tiff, TIFFTAG_SOFTWARE, "a scanner that says so at some length");
  for (std::uint32_t row = 0; row < height; ++row) {
    std::string bits(width / 8, static_cast<char>((row * (page + 3)) & 0xff));
    TIFFWriteScanline(tiff, bits.data(), row, 0);
  }
  TIFFWriteDirectory(tiff);
}

std::string written(QPDFWriter& writer) {
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

std::string drawn_png() {
  static const unsigned char bytes[] = {
      0x89, 'P',  'N',  'G',  0x0d, 0x0a, 0x1a, 0x0a, 0,    0,    0,    13,   'I',  'H',  'D',  'R',  0,
      0,    0,    1,    0,    0,    0,    1,    8,    0,    0,    0,    0,    0x3a, 0x7e, 0x9b, 0x55, 0,
      0,    0,    10,   'I',  'D',  'A',  'T',  0x78, 0x9c, 0x63, 0xf8, 0x0f, 0x00, 0x01, 0x01, 0x01, 0x00,
      0x1b, 0xb6, 0xee, 0x56, 0,    0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82};
  return {reinterpret_cast<const char*>(bytes), sizeof bytes};
}

std::string drawn_jpeg() {
  static const unsigned char bytes[] = {0xff, 0xd8, 0xff, 0xe0, 0, 4,    'J', 'F', 0xff, 0xc0, 0,    11,  8,
                                        0,    40,   0,    64,   1, 1,    0,   0,   0xff, 0xda, 0,    8,   1,
                                        1,    0,    0,    63,   0, 0x12, 0,   0,   0,    0,    0xff, 0xd9};
  return {reinterpret_cast<const char*>(bytes), sizeof bytes};
}

std::string drawn_tiff(std::uint32_t pages, Packing packing, const char* order) {
  vault::TempFolder temp;
  const auto file = temp.path / "drawn.tif";
  TIFF* tiff = TIFFOpen(file.c_str(), order);
  for (std::uint32_t page = 0; page < pages; ++page) draw_page(tiff, page, packing);
  TIFFClose(tiff);
  return *vault::SystemDisk().read(file);
}

std::vector<std::vector<std::uint32_t>> pixels_of(const std::string& bytes) {
  vault::TempFolder temp;
  const auto file = temp.path / "read.tif";
  vault::SystemDisk().write_synced(file, bytes, 0600);
  std::vector<std::vector<std::uint32_t>> pages;
  TIFF* tiff = TIFFOpen(file.c_str(), "r");
  if (tiff == nullptr) return pages;
  do {
    std::uint32_t w = 0, h = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &w);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &h);
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(w) * h);
    if (TIFFReadRGBAImage(tiff, w, h, pixels.data(), 1) == 0) pixels.clear();
    pages.push_back(std::move(pixels));
  } while (TIFFReadDirectory(tiff) != 0);
  TIFFClose(tiff);
  return pages;
}

std::string drawn_pdf(std::uint32_t pages) {
  QPDF pdf;
  pdf.emptyPDF();
  for (std::uint32_t page = 0; page < pages; ++page) {
    auto object =
        pdf.makeIndirectObject(QPDFObjectHandle::parse("<</Type/Page/MediaBox[0 0 100 200]/Resources<<>>>>"));
    object.replaceKey("/Contents",
                      QPDFObjectHandle::newStream(&pdf, "0 0 m 10 " + std::to_string(page) + " l S\n"));
    QPDFPageDocumentHelper(pdf).addPage(object, false);
  }
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.write();
  return written(writer);
}

std::string locked_pdf(const std::string& bytes, const std::string& user_password) {
  QPDF pdf;
  pdf.processMemoryFile("drawn", bytes.data(), bytes.size());
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setR6EncryptionParameters(user_password.c_str(), "owner", true, true, true, true, true, true,
                                   qpdf_r3p_full, true);
  writer.write();
  return written(writer);
}

std::vector<std::string> contents_of(const std::string& bytes) {
  QPDF pdf;
  pdf.processMemoryFile("read", bytes.data(), bytes.size());
  std::vector<std::string> contents;
  for (QPDFObjectHandle page : pdf.getAllPages()) {
    const auto buffer = page.getKey("/Contents").getStreamData();
    contents.emplace_back(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
  }
  return contents;
}

}  // namespace ingest
