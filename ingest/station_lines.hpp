// What a station tells its operator, one line an event, while the paper is in hand.
#pragma once

#include <string>

#include "ingest/station.hpp"

namespace ingest {

// `file`: the operator's own name of the scan; shown, never logged. Empty: an event that needs no line.
std::string line_for(const StationEvent& event, const std::string& file, bool french);

}  // namespace ingest
