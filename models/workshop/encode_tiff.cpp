#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "letter/result.hpp"
#include "models/workshop/encode.hpp"
#include "models/workshop/g4.hpp"

namespace workshop {
namespace {

// libtiff's file, held in memory.
struct Memory {
  std::string bytes;
  std::size_t at = 0;
};

Memory& memory(thandle_t handle) { return *static_cast<Memory*>(handle); }

tmsize_t read_some(thandle_t handle, void* out, tmsize_t length) {
  Memory& file = memory(handle);
  const std::size_t left = file.at < file.bytes.size() ? file.bytes.size() - file.at : 0;
  const std::size_t some = std::min(left, static_cast<std::size_t>(length));
  std::memcpy(out, file.bytes.data() + file.at, some);
  file.at += some;
  return static_cast<tmsize_t>(some);
}

tmsize_t write_some(thandle_t handle, void* in, tmsize_t length) {
  Memory& file = memory(handle);
  const auto size = static_cast<std::size_t>(length);
  if (file.bytes.size() < file.at + size) file.bytes.resize(file.at + size);
  std::memcpy(file.bytes.data() + file.at, in, size);
  file.at += size;
  return length;
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
  Memory& file = memory(handle);
  const std::size_t base = whence == SEEK_CUR ? file.at : whence == SEEK_END ? file.bytes.size() : 0;
  file.at = base + static_cast<std::size_t>(offset);
  return file.at;
}

struct TiffCloser {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffHolder = std::unique_ptr<TIFF, TiffCloser>;

TiffHolder open_tiff(Memory& file, const char* mode) {
  TiffHolder tiff(TIFFClientOpen(
      "scan.tif", mode, &file, read_some, write_some, seek, [](thandle_t) { return 0; },
      [](thandle_t handle) -> toff_t { return memory(handle).bytes.size(); },
      [](thandle_t, void**, toff_t*) { return 0; }, [](thandle_t, void*, toff_t) {}));
  if (!tiff) throw letter::BrokenWorld("libtiff could not open a file in memory");
  return tiff;
}

void set_tags(TIFF* tiff, const Raster& page, TiffKind kind) {
  const bool grey = kind == TiffKind::grey_lzw;
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, page.width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, page.height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, grey ? 8 : 1);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, kind == TiffKind::g4 ? COMPRESSION_CCITTFAX4 : COMPRESSION_LZW);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, grey ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, page.height);
  TIFFSetField(tiff, TIFFTAG_XRESOLUTION, page.dpi);
  TIFFSetField(tiff, TIFFTAG_YRESOLUTION, page.rows_dpi > 0 ? page.rows_dpi : page.dpi);
  TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
}

void write_rows(TIFF* tiff, const Raster& page, bool grey) {
  std::vector<std::uint8_t> row(static_cast<std::size_t>(grey ? page.width : (page.width + 7) / 8));
  const std::uint8_t* in = page.grey.data();
  for (int y = 0; y < page.height; ++y, in += page.width) {
    if (grey) {
      std::memcpy(row.data(), in, row.size());
    } else {
      std::fill(row.begin(), row.end(), std::uint8_t{0});
      for (int x = 0; x < page.width; ++x)
        if (in[x] < 128) row[static_cast<std::size_t>(x / 8)] |= static_cast<std::uint8_t>(0x80 >> (x % 8));
    }
    if (TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y)) != 1)
      throw letter::BrokenWorld("libtiff could not write a page");
  }
}

}  // namespace

std::string tiff(const std::vector<Raster>& pages, TiffKind kind) {
  Memory file;
  {
    const TiffHolder out = open_tiff(file, "w");
    for (std::size_t i = 0; i < pages.size(); ++i) {
      set_tags(out.get(), pages[i], kind);
      if (pages.size() > 1) {
        TIFFSetField(out.get(), TIFFTAG_SUBFILETYPE, FILETYPE_PAGE);
        TIFFSetField(out.get(), TIFFTAG_PAGENUMBER, static_cast<int>(i), static_cast<int>(pages.size()));
      }
      write_rows(out.get(), pages[i], kind == TiffKind::grey_lzw);
      if (TIFFWriteDirectory(out.get()) != 1) throw letter::BrokenWorld("libtiff could not write a page");
    }
  }
  return std::move(file.bytes);
}

std::string g4_strip(const Raster& page) {
  Memory file{tiff({page}, TiffKind::g4), 0};
  const TiffHolder in = open_tiff(file, "r");
  std::string strip(static_cast<std::size_t>(TIFFRawStripSize(in.get(), 0)), '\0');
  if (TIFFReadRawStrip(in.get(), 0, strip.data(), static_cast<tmsize_t>(strip.size())) < 0)
    throw letter::BrokenWorld("libtiff could not read back a page");
  return strip;
}

}  // namespace workshop
