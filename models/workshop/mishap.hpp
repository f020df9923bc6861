// Families of what goes wrong between a printer and a scan, each as wide as the house promises to bear.
#pragma once

#include <array>
#include <string_view>

#include "models/workshop/scanner.hpp"

namespace workshop {

enum class Mishap {
  none,       // an ordinary scan: within 1.5 degrees, 1 % of size, a feed a pixel off
  turned,     // up to 10 degrees
  stretched,  // a fit-to-page print: 93 to 103 %
  sheared,    // 1 % longer one way, 1 % shear
  wobbly,     // the feed is up to 3.5 px off, at 300 dpi
  copied,     // photocopies of one or two generations, thick or thin, with dark borders
  torn,       // a corner cut off, or a corner's mark gone
  quartered,  // fed upside down or on its side
  fax,        // 200 x 100 dpi, two tones
  all         // several at once
};
inline constexpr std::array<Mishap, 10> all_mishaps{
    Mishap::none,   Mishap::turned, Mishap::stretched, Mishap::sheared, Mishap::wobbly,
    Mishap::copied, Mishap::torn,   Mishap::quartered, Mishap::fax,     Mishap::all};
// What every scanner does, one scan after another.
inline constexpr std::array<Mishap, 6> ordinary_mishaps{Mishap::none,      Mishap::none,   Mishap::turned,
                                                        Mishap::stretched, Mishap::wobbly, Mishap::copied};
std::string_view name_of(Mishap mishap);

// `dpi`: what the page will be painted at (a fax: 200). Half of the scans are of two tones.
Faults faults_of(Mishap mishap, double dpi, Dice& dice);

}  // namespace workshop
