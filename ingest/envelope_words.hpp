// What an operator says of the envelope: words of a command line, or of a scan's file name.
#pragma once

#include <string>
#include <string_view>

#include "letter/sending.hpp"

namespace ingest {

// "cachet" or "postmark", "depot" or "deposit", "affranchi" or "franking", each with an ISO date; "lrar" with
// a number. false: no such word. Faults envelope.date, envelope.lrar, envelope.twice (said before, and
// otherwise).
letter::Result<bool> key(letter::Envelope& envelope, std::string_view word, const std::string& value);

// "pli 12 cachet=2026-11-18 lrar=1A12345678901.tif": a word, an equals sign, and a value without spaces. What
// has no known word before the sign is a name like any other.
letter::Result<letter::Envelope> envelope_in(const std::string& file_name);

}  // namespace ingest
