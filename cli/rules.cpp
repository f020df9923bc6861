#include "cli/rules.hpp"

namespace cli {

letter::Result<router::ClockRules> clock_rules(const belt::Rules& rules) {
  return router::clock_rules(
      {rules.ack_counts_saturdays, rules.prorogation, rules.region, rules.worked_holidays});
}

}  // namespace cli
