// Lines of addresses, put right by what the house knows: its own name, services and boxes, and the towns of
// France. Pure.
#pragma once

#include <string>
#include <string_view>

#include "ocr/boxes/towns.hpp"

namespace ocr {

// A line of the block of whoever is written to: the house's boxes and towns, and words that are nearly those
// of the house ("KLESTA", "Service Réclanations"), become them; other words stay.
std::string house_line(std::string_view utf8);

// The box of the house ("TSA 20202") that such a line is near, two signs wrong at most and every other box
// further away; or "".
std::string near_box(std::string_view utf8);

// "13200 Vichy" gives "03200 Vichy", "33600 Pessoc" "33600 Pessac": a postcode and a town that cannot both be
// right become the nearest pair of the list, where one is nearer than all others; figures that look alike are
// near. Letters that were right keep their case and accents. A line that is no town, or near none, stays.
std::string town_line(std::string_view utf8, const Towns& towns);

// The town of such a line, or "".
std::string town_of(std::string_view utf8);

}  // namespace ocr
