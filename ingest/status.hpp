// What ingest says of itself when an operator asks, and what it sends past the stages.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "ingest/spool.hpp"
#include "letter/sorted.hpp"

namespace ingest {

// Counts of letters between receipt and Filed, from the hand-out.
struct OnTheWay {
  std::uint32_t waiting = 0, with_readers = 0, past_readers = 0, given_up = 0, readers = 0;
};

// The facts of the answer to `status`; names in docs/wire.md.
std::map<std::string, std::string> status_facts(const OnTheWay& on_the_way, const Spool& spool,
                                                std::uint64_t free_bytes, std::uint64_t refused_total);

// A letter that no program could read, for a person: its pages and why, nothing else.
letter::SortedLetter bare_slip(const letter::Letter& letter, const letter::Reason& why);

}  // namespace ingest
