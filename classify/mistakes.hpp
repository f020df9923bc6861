// The mistakes of our own reader, measured on scans (`vaguemestre evaluate --mistakes FILE`) and imitated on
// the letters that the sorter is taught, so that it has met them before it meets a scan. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "letter/result.hpp"

namespace classify {

// Of letters written one way (typed or by hand), as folded text.
struct Habit {
  // What was read for each letter, and how often; "" = nothing; two letters = one came in behind it.
  std::map<char, std::map<std::string, std::uint32_t>> read_as;
  std::vector<double> shares;  // of letters read wrong, one a text measured (0..1)
  std::vector<double> lost;    // of letters in lines that were not read at all, the same
  bool operator==(const Habit&) const = default;
};
struct Mistakes {
  Habit typed, hand;
  bool operator==(const Mistakes&) const = default;
};

// One text laid against what was read of it, letter by letter and in order; 0 = none on that side. A run of
// more than eight lost letters is a line that was not read, no slip of the eye; one of invented letters is
// left out.
using Laid = std::vector<std::pair<char, char>>;  // (written, read)
void note(Habit& habit, const Laid& laid);

// `text` as our reader might have read it. As wrong as one of the texts measured, drawn by `seed`: the same
// seed gives the same text everywhere.
std::string misread(std::string_view text, const Habit& habit, std::uint64_t seed);

// File format: models/triage/README.md. Faults: mistakes.format.
std::string dump_mistakes(const Mistakes& mistakes);
letter::Result<Mistakes> parse_mistakes(std::string_view bytes);

}  // namespace classify
