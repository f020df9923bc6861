// JPEG pages by libjpeg itself; jpeg.cpp is the one file of the room that sees it.
#pragma once

#include <string>

#include "letter/result.hpp"
#include "page/leptonica.hpp"

namespace page {

// In grey. `damaged` when libjpeg doubted any of the pixels (its remarks on metadata do not count).
// Fault: jpeg.broken, when not one row came out.
letter::Result<Flat> read_jpeg(const std::string& bytes);

}  // namespace page
