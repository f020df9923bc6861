// Scans made by hand: every coding, every oddity of a container that writers are known for.
#pragma once

#include <tiffio.h>

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/workshop/canvas.hpp"
#include "models/workshop/dice.hpp"
#include "tests/page/painted.hpp"

namespace scans {

inline workshop::Raster noisy(workshop::Raster page, std::uint64_t seed) {
  workshop::Dice dice(seed, 7);
  for (std::uint8_t& v : page.grey)
    v = static_cast<std::uint8_t>(std::clamp(v + dice.between(-9, 9), 0, 255));
  return page;
}

struct Coded {
  int width = 0, height = 0, bits = 8;
  unsigned compression = 1, fill_order = 1, rows_a_strip = 0, photometric = 1;
  std::vector<std::string> strips;
};

struct InMemory {
  std::string bytes;
  std::size_t at = 0;
};

// libtiff does the coding, in memory; only its strips are kept.
inline TIFF* open(InMemory& file, const char* mode) {
  return TIFFClientOpen(
      "scan", mode, &file,
      [](thandle_t h, void* to, tmsize_t n) -> tmsize_t {
        auto& f = *static_cast<InMemory*>(h);
        const std::size_t some =
            std::min(static_cast<std::size_t>(n), f.bytes.size() - std::min(f.at, f.bytes.size()));
        std::memcpy(to, f.bytes.data() + f.at, some);
        f.at += some;
        return static_cast<tmsize_t>(some);
      },
      [](thandle_t h, void* from, tmsize_t n) -> tmsize_t {
        auto& f = *static_cast<InMemory*>(h);
        if (f.bytes.size() < f.at + static_cast<std::size_t>(n))
          f.bytes.resize(f.at + static_cast<std::size_t>(n));
        std::memcpy(f.bytes.data() + f.at, from, static_cast<std::size_t>(n));
        f.at += static_cast<std::size_t>(n);
        return n;
      },
      [](thandle_t h, toff_t offset, int whence) -> toff_t {
        auto& f = *static_cast<InMemory*>(h);
        f.at = (whence == SEEK_CUR   ? f.at
                : whence == SEEK_END ? f.bytes.size()
                                     : 0) +
               static_cast<std::size_t>(offset);
        return f.at;
      },
      [](thandle_t) { return 0; },
      [](thandle_t h) -> toff_t { return static_cast<InMemory*>(h)->bytes.size(); },
      [](thandle_t, void**, toff_t*) { return 0; }, [](thandle_t, void*, toff_t) {});
}

// `coded.strips` is filled in; everything else says how.
inline Coded encode(const workshop::Raster& page, Coded coded) {
  coded.width = page.width, coded.height = page.height;
  if (coded.rows_a_strip == 0) coded.rows_a_strip = static_cast<unsigned>(page.height);
  InMemory file;
  TIFF* out = open(file, "w");
  TIFFSetField(out, TIFFTAG_IMAGEWIDTH, page.width);
  TIFFSetField(out, TIFFTAG_IMAGELENGTH, page.height);
  TIFFSetField(out, TIFFTAG_BITSPERSAMPLE, coded.bits);
  TIFFSetField(out, TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(out, TIFFTAG_COMPRESSION, coded.compression);
  TIFFSetField(out, TIFFTAG_PHOTOMETRIC, coded.photometric);
  TIFFSetField(out, TIFFTAG_FILLORDER, coded.fill_order);
  TIFFSetField(out, TIFFTAG_ROWSPERSTRIP, coded.rows_a_strip);
  if (coded.compression == 7) TIFFSetField(out, TIFFTAG_JPEGTABLESMODE, 0);  // tables in every strip
  std::vector<std::uint8_t> row(
      static_cast<std::size_t>(coded.bits == 8 ? page.width : (page.width + 7) / 8));
  for (int y = 0; y < page.height; ++y) {
    const std::uint8_t* in = page.grey.data() + std::ptrdiff_t{y} * page.width;
    if (coded.bits == 8) {
      std::memcpy(row.data(), in, row.size());
    } else {
      std::fill(row.begin(), row.end(), std::uint8_t{0});
      for (int x = 0; x < page.width; ++x)
        if ((in[x] < 128) == (coded.photometric == 0)) row[x / 8] |= static_cast<std::uint8_t>(0x80 >> x % 8);
    }
    TIFFWriteScanline(out, row.data(), static_cast<std::uint32_t>(y));
  }
  TIFFClose(out);
  file.at = 0;
  TIFF* in = open(file, "r");
  for (std::uint32_t i = 0; i < TIFFNumberOfStrips(in); ++i) {
    std::string strip(static_cast<std::size_t>(TIFFGetStrileByteCount(in, i)), '\0');
    TIFFReadRawStrip(in, i, strip.data(), static_cast<tmsize_t>(strip.size()));
    coded.strips.push_back(std::move(strip));
  }
  TIFFClose(in);
  return coded;
}

struct Tag {
  std::uint16_t id = 0, type = 4;
  std::uint32_t count = 1;
  std::string value;  // its bytes, in the file's order
};

// A TIFF container, in either byte order.
struct Container {
  bool little = true;
  std::vector<Tag> more;    // beside those that the picture needs
  bool sorted = true;       // as the format demands
  bool byte_counts = true;  // some old writers leave them out of files of one strip
  bool directory_first = false;

  std::string number(std::uint64_t n, unsigned size) const {
    std::string out(size, '\0');
    for (unsigned i = 0; i < size; ++i)
      out[little ? i : size - 1 - i] = static_cast<char>(n >> (8 * i) & 255);
    return out;
  }
  Tag whole(std::uint16_t id, std::uint16_t type, std::vector<std::uint64_t> values) const {
    Tag tag{id, type, static_cast<std::uint32_t>(values.size()), ""};
    for (const std::uint64_t v : values) tag.value += number(v, type == 3 ? 2 : 4);
    return tag;
  }

  std::string file(const Coded& coded) const {
    std::vector<std::uint64_t> offsets, lengths;
    std::string data;
    for (const std::string& strip : coded.strips) {
      offsets.push_back(8 + data.size()), lengths.push_back(strip.size());
      data += strip + (strip.size() % 2 == 1 ? std::string(1, '\0') : "");
    }
    const auto w = static_cast<std::uint64_t>(coded.width), h = static_cast<std::uint64_t>(coded.height);
    std::vector<Tag> tags{whole(256, 4, {w}),
                          whole(257, 4, {h}),
                          whole(258, 3, {static_cast<std::uint64_t>(coded.bits)}),
                          whole(259, 3, {coded.compression}),
                          whole(262, 3, {coded.photometric}),
                          whole(266, 3, {coded.fill_order}),
                          whole(273, 4, offsets),
                          whole(277, 3, {1}),
                          whole(278, 4, {coded.rows_a_strip})};
    if (byte_counts) tags.push_back(whole(279, 4, lengths));
    tags.insert(tags.end(), more.begin(), more.end());
    if (sorted)
      std::stable_sort(tags.begin(), tags.end(), [](const Tag& a, const Tag& b) { return a.id < b.id; });
    const std::size_t directory = 8 + data.size();
    std::string entries, values;
    const std::size_t values_at = directory + 2 + tags.size() * 12 + 4;
    for (const Tag& tag : tags) {
      entries += number(tag.id, 2) + number(tag.type, 2) + number(tag.count, 4);
      std::string value = tag.value;
      if (value.size() > 4) {
        entries += number(values_at + values.size(), 4);
        values += value + (value.size() % 2 == 1 ? std::string(1, '\0') : "");
      } else {
        value.resize(4, '\0');
        entries += value;
      }
    }
    return (little ? std::string("II*\0", 4) : std::string("MM\0*", 4)) + number(directory, 4) + data +
           number(tags.size(), 2) + entries + number(0, 4) + values;
  }
};

// One image that is the page. `filter` and `parms` in PDF's words.
inline std::string pdf_of(const Coded& coded, const std::string& filter, const std::string& parms) {
  const std::string w = std::to_string(coded.width), h = std::to_string(coded.height);
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>",
                                   "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                                   "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + w + " " + h +
                                       "] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>"};
  const std::string draw = "q " + w + " 0 0 " + h + " 0 0 cm /Im Do Q";
  objects.push_back("<< /Length " + std::to_string(draw.size()) + " >>\nstream\n" + draw + "\nendstream");
  objects.push_back("<< /Type /XObject /Subtype /Image /ColorSpace /DeviceGray /Width " + w + " /Height " +
                    h + " /BitsPerComponent " + std::to_string(coded.bits) + " /Filter /" + filter + " " +
                    parms + " /Length " + std::to_string(coded.strips.at(0).size()) + " >>\nstream\n" +
                    coded.strips.at(0) + "\nendstream");
  std::string out = "%PDF-1.4\n", table = "xref\n0 6\n0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    std::string at = std::to_string(out.size());
    table += std::string(10 - at.size(), '0') + at + " 00000 n \n";
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string start = std::to_string(out.size());
  return out + table + "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

}  // namespace scans
