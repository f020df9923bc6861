// Cases as a person reads them on a terminal: the table of a queue, the counts, one case.
#pragma once

#include <string>
#include <vector>

#include "cli/front.hpp"
#include "letter/errand.hpp"
#include "router/clocks.hpp"

namespace cli {

// reference, received, sender, queue, confidence, acknowledge by, answer by, review?
// With what each case's clocks want today, when the rules of the clocks are given.
std::string case_table(const std::vector<letter::CaseRow>& rows, const Front& front,
                       const router::ClockRules* alarms = nullptr);

// How many cases each queue holds, all nine.
std::string queue_counts(const std::vector<letter::CaseRow>& rows, const Front& front);

// One case with its letters and its history. NIR masked.
std::string case_text(const letter::CaseFile& file, const Front& front);

// The row alone, as a few lines.
std::string row_text(const letter::CaseRow& row, const Front& front);

// A text of a letter, each line behind a bar.
std::string quoted_lines(const std::string& text);

std::string queue_name(letter::Queue queue, const Front& front);
std::string state_name(letter::State state, const Front& front);

}  // namespace cli
