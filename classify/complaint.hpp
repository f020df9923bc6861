// Complaint or not, with the law's asymmetry: unsure is a complaint, so its clock runs. Pure.
#pragma once

#include <vector>

#include "classify/evidence.hpp"

namespace classify {

// Surer than this that nothing is complained of, and only then, no clock runs.
inline constexpr double request_sure = 0.95;
// The same where three signs of discontent stand, which a plain request hardly has.
inline constexpr double request_sure_upset = 0.98;
inline constexpr std::size_t signs_of_upset = 3;

// Signs of discontent in the words (policy R9n): each found speaks for a complaint, none at all in a text
// long enough to tell for a plain request.
std::vector<Signal> complaint_signals(const Words& words, const Rules& rules);

struct ComplaintView {
  bool is_complaint = true;
  double confidence = 0;  // of `is_complaint` as given
  bool unsure = false;    // most likely a request, taken for a complaint by default: a person should look
};
// `said_request`: a plain request is the most probable of all. Where it is not, the queue's own confidence
// covers the chance that it is one after all, and its clock runs anyway. `signs`: how many signs of
// discontent were found.
ComplaintView complaint_view(double request_probability, bool said_request, std::size_t signs);

}  // namespace classify
