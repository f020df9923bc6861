#include "page/tiff.hpp"

#include <tiffio.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>

#include "page/damage.hpp"
#include "page/g4.hpp"
#include "page/tiff_samples.hpp"

namespace page {
namespace {

// The bytes as libtiff reads them, and what it complained of while doing so.
struct Source {
  const std::string& bytes;
  toff_t at = 0;
  bool private_tag = false, odd = false, doubtful = false, failed = false;
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

int on_warning(TIFF*, void* user, const char*, const char* format, va_list values) {
  auto& source = *static_cast<Source*>(user);
  std::array<char, 512> text{};
  std::vsnprintf(text.data(), text.size(), format, values);
  if (std::strstr(format, "Unknown field with tag")) {
    source.private_tag = true;
  } else if (weigh_tiff_warning(format, text.data()) == Weight::note) {
    source.odd = true;
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

// Samples that libtiff has no colours for: 3, 6 or 14 bits, 32-bit floats. In strips, as they come.
bool read_samples(TIFF* tiff, cv::Mat& grey) {
  SampleLayout layout;
  std::uint16_t bits = 1, samples = 1, format = SAMPLEFORMAT_UINT, photometric = PHOTOMETRIC_MINISBLACK,
                planar = 1;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  layout.bits = bits, layout.is_float = format == SAMPLEFORMAT_IEEEFP,
  layout.is_signed = format == SAMPLEFORMAT_INT;
  layout.samples = planar == PLANARCONFIG_SEPARATE ? 1 : samples;
  layout.tones = photometric == PHOTOMETRIC_RGB && layout.samples >= 3         ? Tones::rgb
                 : photometric == PHOTOMETRIC_SEPARATED && layout.samples >= 4 ? Tones::inks
                 : photometric == PHOTOMETRIC_MINISWHITE                       ? Tones::white_is_zero
                                                                               : Tones::black_is_zero;
  const bool known = layout.bits >= 1 &&
                     (layout.is_float ? layout.bits == 32 || layout.bits == 64 : layout.bits <= 32) &&
                     photometric != PHOTOMETRIC_PALETTE && !TIFFIsTiled(tiff);
  const tmsize_t row_bytes = known ? TIFFScanlineSize(tiff) : 0;
  const auto needed = (static_cast<std::uint64_t>(grey.cols) * layout.samples * layout.bits + 7) / 8;
  if (row_bytes <= 0 || static_cast<std::uint64_t>(row_bytes) < needed) return false;
  std::vector<std::uint8_t> row(static_cast<std::size_t>(row_bytes));
  for (int y = 0; y < grey.rows; ++y) {
    if (TIFFReadScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) < 0) return false;
    grey_row(row, layout, {grey.ptr<uchar>(y), static_cast<std::size_t>(grey.cols)});
  }
  return true;
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

struct Coding {
  std::uint16_t compression = COMPRESSION_NONE, fill_order = FILLORDER_MSB2LSB;
  std::uint32_t width = 0;  // px of a piece's rows
};

enum class Piece { whole, no_end_mark, broken };

// What libtiff does not tell of a strip or tile; `bytes`: as many as it decodes to.
Piece look_at(const Coding& coding, std::string_view raw, std::uint32_t rows, std::uint64_t bytes) {
  if (coding.compression == COMPRESSION_CCITTFAX4) {
    const G4Verdict fax = check_g4(raw, {coding.width, rows, coding.fill_order == FILLORDER_LSB2MSB});
    return fax.end == G4End::whole  ? Piece::whole
           : fax.end == G4End::bare ? Piece::no_end_mark
                                    : Piece::broken;
  }
  if (coding.compression == COMPRESSION_ADOBE_DEFLATE || coding.compression == COMPRESSION_DEFLATE)
    return deflate_whole(raw, bytes) ? Piece::whole : Piece::broken;
  // The oldest LZW files have their bits the other way round; libtiff reads them, unchecked.
  const bool old = raw.size() > 1 && raw[0] == 0 && (raw[1] & 1) != 0;
  if (coding.compression == COMPRESSION_LZW && !old && coding.fill_order == FILLORDER_MSB2LSB)
    return lzw_whole(raw, bytes) ? Piece::whole : Piece::broken;
  return Piece::whole;
}

// Of the planes that make colours: of transparency nothing shows.
std::uint32_t seen_pieces(TIFF* tiff, std::uint32_t all) {
  std::uint16_t planar = PLANARCONFIG_CONTIG, samples = 1, photometric = PHOTOMETRIC_MINISBLACK;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  if (planar != PLANARCONFIG_SEPARATE || samples == 0) return all;
  const std::uint32_t seen = photometric <= PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_PALETTE ? 1
                             : photometric == PHOTOMETRIC_SEPARATED                                      ? 4
                                                                                                         : 3;
  return all / samples * std::min<std::uint32_t>(seen, samples);
}

// The worst of all pieces of the page.
Piece look_at_pieces(TIFF* tiff, std::uint32_t width, std::uint32_t height) {
  Coding coding{COMPRESSION_NONE, FILLORDER_MSB2LSB, width};
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &coding.compression);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_FILLORDER, &coding.fill_order);
  static constexpr std::array<std::uint16_t, 4> checked{COMPRESSION_CCITTFAX4, COMPRESSION_LZW,
                                                        COMPRESSION_ADOBE_DEFLATE, COMPRESSION_DEFLATE};
  if (std::ranges::find(checked, coding.compression) == checked.end()) return Piece::whole;
  const bool tiled = TIFFIsTiled(tiff) != 0;
  std::uint32_t rows_each = height;
  if (tiled) TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &coding.width);
  TIFFGetFieldDefaulted(tiff, tiled ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, &rows_each);
  if (!tiled) rows_each = std::min(rows_each, height);
  if (rows_each == 0) return Piece::broken;
  const std::uint32_t strips = (height + (tiled ? height : rows_each) - 1) / (tiled ? height : rows_each);
  const std::uint32_t pieces = seen_pieces(tiff, tiled ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff));
  Piece worst = Piece::whole;
  std::string raw;
  for (std::uint32_t i = 0; i < pieces && worst != Piece::broken; ++i) {
    const std::uint64_t size = TIFFGetStrileByteCount(tiff, i);
    if (size == 0 || size > static_cast<Source*>(TIFFClientdata(tiff))->bytes.size()) return Piece::broken;
    raw.resize(static_cast<std::size_t>(size));
    const auto want = static_cast<tmsize_t>(size);
    const tmsize_t got =
        tiled ? TIFFReadRawTile(tiff, i, raw.data(), want) : TIFFReadRawStrip(tiff, i, raw.data(), want);
    const std::uint32_t rows = tiled ? rows_each : std::min(rows_each, height - i % strips * rows_each);
    const tmsize_t bytes = tiled ? TIFFTileSize(tiff) : TIFFVStripSize(tiff, rows);
    worst = got != want ? Piece::broken
                        : std::max(worst, look_at(coding, raw, rows, static_cast<std::uint64_t>(bytes)));
  }
  return worst;
}

bool read_tones(TIFF* tiff, cv::Mat& grey) {
  std::array<char, 1024> why{};
  return TIFFRGBAImageOK(tiff, why.data()) == 1 ? read_colours(tiff, grey) : read_samples(tiff, grey);
}

letter::Reason damage_note() {
  return {"tiff.damaged", "L’image TIFF est incomplète ou abîmée : des lignes peuvent manquer.",
          "The TIFF image is cut or damaged: some rows may be missing."};
}

void add_notes(const Source& source, Piece worst, TiffPage& page) {
  if (page.flat.damaged) page.notes.push_back(damage_note());
  if (source.private_tag)
    page.notes.push_back({"tiff.private_tag", "Le fichier porte une étiquette propre au scanner, sans effet.",
                          "The file carries a tag of the scanner's own, which harms nothing."});
  if (source.odd)
    page.notes.push_back({"tiff.odd_tag", "Une étiquette du fichier est mal formée, sans effet sur l’image.",
                          "A tag of the file is badly formed, which does not touch the image."});
  if (worst == Piece::no_end_mark)
    page.notes.push_back({"tiff.no_end_mark", "Le fax est complet, mais sa marque de fin manque.",
                          "The fax is complete, but its end mark is missing."});
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
  // The header was checked, but libtiff may have settled on other values than it.
  if (width > max_side || height > max_side || std::uint64_t{width} * height > max_pixels)
    return letter::fault("page.pixels", "L’image dépasse 150 millions de points.",
                         "The image exceeds 150 million pixels.");
  TiffPage page;
  read_resolution(tiff, page.flat);
  const Piece worst = look_at_pieces(tiff, width, height);
  page.flat.grey = cv::Mat(static_cast<int>(height), static_cast<int>(width), CV_8U, cv::Scalar(255));
  const bool two_tones =
      bits == 1 && samples == 1 && photometric <= PHOTOMETRIC_MINISBLACK && !TIFFIsTiled(tiff);
  page.flat.bilevel = two_tones;
  const bool whole = two_tones ? read_bilevel(tiff, page.flat.grey, photometric == PHOTOMETRIC_MINISWHITE)
                               : read_tones(tiff, page.flat.grey);
  page.flat.damaged = !whole || worst == Piece::broken || source.failed || source.doubtful;
  add_notes(source, worst, page);
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
  // What libtiff says on the way to our page is about other pages than ours.
  const bool there = index == 0 || TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(index));
  if (!there)
    return letter::fault("tiff.broken", "La page TIFF est illisible.", "The TIFF page cannot be read.");
  return read_open(tiff.get(), source);
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
