// Bytes of a master in, the pixels of one of its pages out. What strangers wrote is decoded here, so
// call it in a disposable process. Formats: TIFF (none, G3, G4, LZW, deflate, JPEG, PackBits), PNG, JPEG,
// PDF.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "letter/result.hpp"
#include "page/headers.hpp"
#include "page/raster.hpp"

namespace page {

// One page. A page of which some pixels may be missing is `damaged`; notes say why, and also what was
// odd but harmless (a scanner's private tag).
struct Sheet {
  Raster raster;
  bool damaged = false;
  std::vector<letter::Reason> notes;
  std::uint32_t pages = 1;  // of the whole file
};

// Page `index`, from 0. Faults: those of page/headers.hpp, page.absent, tiff.*, png.*, jpeg.*, pdf.*. A
// page that arrives in part is no fault: it is damaged.
letter::Result<Sheet> decode(const std::string& bytes, std::uint32_t index,
                             std::uint64_t decoded_bytes = FileLimits{}.decoded_bytes);

}  // namespace page
