// The bare fax data of a page (CCITT group 4), for the PDF that carries it.
#pragma once

#include <string>

#include "models/workshop/canvas.hpp"

namespace workshop {

std::string g4_strip(const Raster& page);  // pixels below 128 are black; one strip, black is 1

}  // namespace workshop
