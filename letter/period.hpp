// A length of time as the law counts it, in whole days or calendar years: "90 days", "5 years".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "letter/when.hpp"

namespace letter {

struct Period {
  int years = 0, days = 0;  // one of them is 0
  bool operator==(const Period&) const = default;
};

// "5 years", "1 year", "90 days", and the same in French ("5 ans", "90 jours"); 1 to 100 years, 1 to 36,500
// days.
std::optional<Period> parse_period(std::string_view text);
std::string text(const Period& period);  // "5 years"
// The same day of the month that many years on (29 February: the last of February), or that many days.
Day after(Day day, const Period& period);

}  // namespace letter
