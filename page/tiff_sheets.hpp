// A TIFF's list of pages, walked without libtiff, and the same pages as a smaller TIFF.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "letter/result.hpp"

namespace page {

// One entry of a page's directory. Its value stands in the file; every place was checked against it.
struct TiffTag {
  std::uint16_t id = 0, type = 0;
  std::uint64_t count = 0;
  std::uint64_t at = 0;     // where the value's bytes begin
  std::uint64_t bytes = 0;  // how many they are
};

struct TiffFile {
  bool little = true;
  bool big = false;  // BigTIFF: 8-byte offsets
  std::vector<std::vector<TiffTag>> pages;
};

bool looks_like_tiff(const std::string& bytes);
// Directories strictly new, 1 to 200 pages, sides within limits, every strip or tile inside the file,
// compressions none, G3, G4, LZW, JPEG, deflate, PackBits. Faults: sheets.*.
letter::Result<TiffFile> walk_tiff(const std::string& bytes);

// Pages first .. first + count - 1 as a file of their own: strips and tiles copied byte for byte, all
// tags kept but those that point into the old file (Exif, GPS, thumbnails in sub-directories).
std::string cut_tiff(const std::string& bytes, const TiffFile& file, std::size_t first, std::size_t count);

}  // namespace page
