// TIFF pages by libtiff; tiff.cpp is the one file of the room that sees it.
#pragma once

#include <string>
#include <vector>

#include "letter/result.hpp"
#include "page/leptonica.hpp"

namespace page {

struct TiffPage {
  Flat flat;
  std::vector<letter::Reason> notes;
  std::uint32_t pages = 1;  // of the file
};

// libtiff's warnings are classed: an unknown (private) tag is a note, anything else damage.
letter::Result<TiffPage> read_tiff(const std::string& bytes, std::uint32_t index);

// A bare CCITT stream (from a PDF) as the TIFF file it could have been.
struct FaxStream {
  std::uint32_t width = 0, height = 0;
  int k = 0;              // PDF's /K: < 0 G4, 0 G3 one-dimensional, > 0 G3 two-dimensional
  bool inverted = false;  // black runs are white on paper
  bool byte_aligned = false;
};
std::string tiff_of(const FaxStream& fax, const std::string& stream);

}  // namespace page
