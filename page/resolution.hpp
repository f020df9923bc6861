// Dots an inch, from what a file says and from what a sheet of paper can be.
#pragma once

#include "page/leptonica.hpp"
#include "page/raster.hpp"

namespace page {

// Same resolution both ways: a fax's 204 x 98 is stretched. A resolution that is absent, or that makes
// the sheet larger or smaller than any paper a scanner takes, is guessed from the size of A4.
Raster settle_resolution(const Flat& flat);

}  // namespace page
