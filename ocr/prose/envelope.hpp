// The outside of an envelope: when it was posted, as print on it says. Pure: its lines in, days out. The
// round dater of a post office runs over stamps and is often half inked: what of it is read as a line counts
// like any other, at the confidence of that line.
#pragma once

#include <vector>

#include "ocr/prose/layout.hpp"

namespace ocr {

// A page of the size of an envelope, on its feet: broader than high, at most 165 mm high. False while its
// size is not known.
bool is_of_envelope_size(const letter::Page& facts);

// Every date on an envelope's lines beside which something says what it is: "Déposé le" (a registered
// letter's deposit), an amount or a machine's number (franking), the post's name or a sorting centre
// (postmark). Other dates are left out. `confidence` is that of the line, raw; judge() below makes it that of
// the date.
std::vector<letter::SeenDate> sending_dates(const std::vector<FreeLine>& lines);

// From how sure each letter of its line is, once the lines are judged, to how sure all digits of the date
// are.
void judge_seen_dates(letter::ReadLetter& read);

}  // namespace ocr
