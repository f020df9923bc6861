// The acknowledgement of a complaint, as a text for a person to print and post (domain rule 1.3.2):
// reference, dates and what they rest on, who answers and until when, the mediator. Never a word of health.
#pragma once

#include <string>

#include "cli/front.hpp"
#include "letter/errand.hpp"

namespace cli {

// "" when no clock runs: there is nothing to acknowledge.
std::string acknowledgement(const letter::CaseRow& row, const Front& front);

}  // namespace cli
