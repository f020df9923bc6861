// The separator sheet on paper: patch T along four edges, a QR code, and words for whoever lays it.
#pragma once

#include <string>
#include <vector>

#include "models/workshop/canvas.hpp"
#include "page/separator.hpp"

namespace workshop {

// One A4 sheet on a canvas of 210 x 297 mm.
void draw_separator(Canvas& canvas, const page::Separator& separator);

// A PDF with a sheet a page, in the order given; at least one.
std::string print_separators(const std::vector<page::Separator>& separators);

// `first` and the `copies - 1` sheets after it: the same but for seq, which counts on with the same digits
// ("0007", "0008"). first.seq must be digits with room for the count; fault separator.seq.
letter::Result<std::vector<page::Separator>> numbered_separators(const page::Separator& first,
                                                                 std::uint32_t copies);

}  // namespace workshop
