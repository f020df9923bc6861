// From settings to the clocks' rules.
#pragma once

#include "belt/config.hpp"
#include "router/clocks.hpp"

namespace cli {

// Fault "config.worked_holiday": neither an ISO date nor "whit_monday".
letter::Result<router::ClockRules> clock_rules(const belt::Rules& rules);

}  // namespace cli
