#include "page/tiff.hpp"

#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstring>
#include <memory>

namespace page {
namespace {

// The bytes as libtiff reads them, and what it complained of while doing so.
struct Source {
  const std::string& bytes;
  toff_t at = 0;
  bool private_tag = false, doubtful = false, failed = false;
};

tmsize_t read_some(thandle_t client, void* to, tmsize_t size) {
  auto& source = *static_cast<Source*>(client);
  if (source.at >= source.bytes.size() || size <= 0) return 0;
  const std::size_t n =
      std::min<std::size_t>(static_cast<std::size_t>(size), source.bytes.size() - source.at);
  std::memcpy(to, source.bytes.data() + source.at, n);
  source.at += n;
  return static_cast<tmsize_t>(n);
}
tmsize_t write_none(thandle_t, void*, tmsize_t) { return 0; }
toff_t seek(thandle_t client, toff_t offset, int whence) {
  auto& source = *static_cast<Source*>(client);
  if (whence == SEEK_SET) source.at = offset;
  if (whence == SEEK_CUR) source.at += offset;
  if (whence == SEEK_END) source.at = source.bytes.size() + offset;
  return source.at;
}
int close_none(thandle_t) { return 0; }
toff_t size_of(thandle_t client) { return static_cast<Source*>(client)->bytes.size(); }
int map_none(thandle_t, void**, toff_t*) { return 0; }
void unmap_none(thandle_t, void*, toff_t) {}

int on_warning(TIFF*, void* user, const char*, const char* format, va_list) {
  auto& source = *static_cast<Source*>(user);
  if (std::strstr(format, "Unknown field with tag")) {
    source.private_tag = true;
  } else {
    source.doubtful = true;
  }
  return 1;
}
int on_error(TIFF*, void* user, const char*, const char*, va_list) {
  static_cast<Source*>(user)->failed = true;
  return 1;
}

struct Close {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffPtr = std::unique_ptr<TIFF, Close>;

TiffPtr open(Source& source) {
  std::unique_ptr<TIFFOpenOptions, decltype(&TIFFOpenOptionsFree)> options(TIFFOpenOptionsAlloc(),
                                                                           &TIFFOpenOptionsFree);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), static_cast<tmsize_t>(max_pixels) * 4);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), on_warning, &source);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), on_error, &source);
  return TiffPtr(TIFFClientOpenExt("master", "rm", &source, read_some, write_none, seek, close_none, size_of,
                                   map_none, unmap_none, options.get()));
}

void read_resolution(TIFF* tiff, Flat& flat) {
  float x = 0, y = 0;
  std::uint16_t unit = RESUNIT_INCH;
  TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x);
  TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  const double to_inch = unit == RESUNIT_CENTIMETER ? 2.54 : 1;
  flat.x_dpi = x * to_inch, flat.y_dpi = y * to_inch;
}

// Rows that cannot be read stay white; false when there was one.
bool read_bilevel(TIFF* tiff, cv::Mat& grey, bool min_is_white) {
  std::vector<std::uint8_t> row(static_cast<std::size_t>(TIFFScanlineSize(tiff)) + 8);
  bool whole = true;
  for (int y = 0; y < grey.rows; ++y) {
    if (TIFFReadScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) < 0) {
      whole = false;
      break;  // the strips decode in order: what follows would be noise
    }
    uchar* to = grey.ptr<uchar>(y);
    for (int x = 0; x < grey.cols; ++x) {
      const bool bit = (row[static_cast<std::size_t>(x) / 8] >> (7 - x % 8)) & 1;
      to[x] = bit == min_is_white ? 0 : 255;
    }
  }
  return whole;
}

bool read_colours(TIFF* tiff, cv::Mat& grey) {
  cv::Mat rgba(grey.rows, grey.cols, CV_8UC4, cv::Scalar::all(255));
  std::uint16_t orientation = ORIENTATION_TOPLEFT;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
  // Asked for in its own orientation, so that row 0 is the first row of the file.
  const int whole = TIFFReadRGBAImageOriented(tiff, static_cast<std::uint32_t>(grey.cols),
                                              static_cast<std::uint32_t>(grey.rows),
                                              reinterpret_cast<std::uint32_t*>(rgba.data), orientation, 1);
  cv::cvtColor(rgba, grey, cv::COLOR_RGBA2GRAY);
  return whole == 1;
}

letter::Reason damage_note() {
  return {"tiff.damaged", "L’image TIFF est incomplète ou abîmée : des lignes peuvent manquer.",
          "The TIFF image is cut or damaged: some rows may be missing."};
}

letter::Result<TiffPage> read_open(TIFF* tiff, Source& source) {
  std::uint32_t width = 0, height = 0;
  std::uint16_t bits = 1, samples = 1, photometric = PHOTOMETRIC_MINISWHITE;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  if (width == 0 || height == 0)
    return letter::fault("tiff.broken", "L’image TIFF est illisible.", "The TIFF image cannot be read.");
  if (width > max_side || height > max_side || std::uint64_t{width} * height > max_pixels)
    return letter::fault("page.too_large", "L’image est démesurée.", "The image is far too large.");
  TiffPage page;
  read_resolution(tiff, page.flat);
  page.flat.grey = cv::Mat(static_cast<int>(height), static_cast<int>(width), CV_8U, cv::Scalar(255));
  const bool two_tones =
      bits == 1 && samples == 1 && photometric <= PHOTOMETRIC_MINISBLACK && !TIFFIsTiled(tiff);
  page.flat.bilevel = two_tones;
  const bool whole = two_tones ? read_bilevel(tiff, page.flat.grey, photometric == PHOTOMETRIC_MINISWHITE)
                               : read_colours(tiff, page.flat.grey);
  page.flat.damaged = !whole || source.failed || source.doubtful;
  if (page.flat.damaged) page.notes.push_back(damage_note());
  if (source.private_tag)
    page.notes.push_back({"tiff.private_tag", "Le fichier porte une étiquette propre au scanner, sans effet.",
                          "The file carries a tag of the scanner's own, which harms nothing."});
  return page;
}

void put16(std::string& out, unsigned v) {
  out.push_back(static_cast<char>(v & 255));
  out.push_back(static_cast<char>(v >> 8 & 255));
}
void put32(std::string& out, std::size_t v) {
  put16(out, static_cast<unsigned>(v & 0xffff));
  put16(out, static_cast<unsigned>(v >> 16 & 0xffff));
}

}  // namespace

letter::Result<TiffPage> read_tiff(const std::string& bytes, std::uint32_t index) {
  Source source{bytes};
  const TiffPtr tiff = open(source);
  if (!tiff)
    return letter::fault("tiff.broken", "Le fichier TIFF est illisible.", "The TIFF file cannot be read.");
  // Counted first: what it says of other pages than ours must not count as damage of ours.
  std::uint32_t pages = 1;
  while (pages <= max_pages && TIFFReadDirectory(tiff.get())) ++pages;
  if (pages > max_pages)
    return letter::fault("page.too_many", "Le fichier a trop de pages.", "The file has too many pages.");
  if (index >= pages)
    return letter::fault("page.absent", "La page n’existe pas dans le fichier.",
                         "The file has no such page.");
  const bool cut = source.failed;  // the chain of pages itself is broken: pages may be missing
  source.failed = source.doubtful = source.private_tag = false;
  if (!TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(index)))
    return letter::fault("tiff.broken", "La page TIFF est illisible.", "The TIFF page cannot be read.");
  source.failed = source.failed || cut;
  auto page = read_open(tiff.get(), source);
  if (page) page->pages = pages;
  return page;
}

std::string tiff_of(const FaxStream& fax, const std::string& stream) {
  constexpr unsigned entries = 9;
  const std::size_t strip_at = 8 + 2 + entries * 12 + 4;
  std::string out("II*\0\x08\0\0\0", 8);
  put16(out, entries);
  const auto entry = [&](unsigned tag, unsigned type, std::size_t value) {
    put16(out, tag), put16(out, type), put32(out, 1), put32(out, value);
  };
  entry(TIFFTAG_IMAGEWIDTH, TIFF_LONG, fax.width);
  entry(TIFFTAG_IMAGELENGTH, TIFF_LONG, fax.height);
  entry(TIFFTAG_BITSPERSAMPLE, TIFF_SHORT, 1);
  entry(TIFFTAG_COMPRESSION, TIFF_SHORT, fax.k < 0 ? COMPRESSION_CCITTFAX4 : COMPRESSION_CCITTFAX3);
  entry(TIFFTAG_PHOTOMETRIC, TIFF_SHORT, fax.inverted ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_MINISWHITE);
  entry(TIFFTAG_STRIPOFFSETS, TIFF_LONG, strip_at);
  entry(TIFFTAG_ROWSPERSTRIP, TIFF_LONG, fax.height);
  entry(TIFFTAG_STRIPBYTECOUNTS, TIFF_LONG, stream.size());
  if (fax.k < 0) {
    entry(TIFFTAG_GROUP4OPTIONS, TIFF_LONG, 0);
  } else {
    entry(TIFFTAG_GROUP3OPTIONS, TIFF_LONG, (fax.k > 0 ? 1U : 0U) | (fax.byte_aligned ? 4U : 0U));
  }
  put32(out, 0);
  return out + stream;
}

}  // namespace page
