// FILE.quality.json beside a scan that was put away: what the station saw of each page, and what it made of
// the stack. For the operator, and for who wants to know how a scanner behaves. No text of a letter is in it.
#pragma once

#include <string>

#include "ingest/examine.hpp"

namespace ingest {

// {claim, verdict ("good" | "look_again"), pages [{page, dpi, skew_deg or null, blank, separator or null,
// alarms
// [{code, fr, en}], remarks [...]}], letters [{first_page, pages, box, arrived_on, sealed, notes}],
// separators
// [{page, type, seq, expected, found}]}. Pages count from 1.
std::string quality_json(const letter::LetterId& claim, const Examined& examined);

}  // namespace ingest
