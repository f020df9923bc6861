// What the register of complaints counts for a period: by product, reason, outcome and delay.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "cli/front.hpp"
#include "letter/sorted.hpp"
#include "letter/tree.hpp"

namespace cli {

// Whether the answer left by the end of the two months. A holding letter excuses nothing (domain rule 1.3.4).
enum class Delay { open_in_time, open_late, answered_in_time, answered_late };

// A line of the register, as router::register_entry makes it: column -> text.
using RegisterLine = std::map<std::string, std::string>;

struct ComplaintCounts {
  std::map<std::string, std::uint64_t> product, reason, outcome;  // "" = not known
  std::array<std::uint64_t, 4> delay{};                           // by Delay
  std::uint64_t total = 0;
  bool operator==(const ComplaintCounts&) const = default;
};

// A case once, whatever it has two of: with two reasons it counts under each, and once in the total. What
// joined another case is counted there; what was no complaint after all has no clock and is not counted.
ComplaintCounts complaint_counts(const std::vector<RegisterLine>& lines, letter::Day today);

std::string text_of(const ComplaintCounts& counts, const Front& front);
letter::Tree tree_of(const ComplaintCounts& counts);

}  // namespace cli
