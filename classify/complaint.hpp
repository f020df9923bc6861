// Complaint or not, with the law's asymmetry: unsure is a complaint, so its clock runs. Pure.
#pragma once

#include <vector>

#include "classify/evidence.hpp"

namespace classify {

// Surer than this that nothing is complained of, and only then, no clock runs.
inline constexpr double request_sure = 0.85;

// Signs of discontent in the words (policy R9n): each found speaks for a complaint, none at all in a text
// long enough to tell for a plain request.
std::vector<Signal> complaint_signals(const Words& words, const Rules& rules);

struct ComplaintView {
  bool is_complaint = true;
  double confidence = 0;  // of `is_complaint` as given
  bool unsure = false;    // taken for a complaint by default: a person should look
};
ComplaintView complaint_view(double request_probability);

}  // namespace classify
