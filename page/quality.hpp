// What an operator should know of a page while the paper is still in hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "letter/result.hpp"
#include "page/raster.hpp"

namespace page {

// The last two are facts and no faults: many pages have a blank back, and sparse handwriting no skew.
enum class Flaw {
  unreadable,
  damaged,
  too_dark,
  too_light,
  cut_corner,
  skewed,
  low_resolution,
  blank,
  no_skew
};

inline constexpr double least_dpi = 190;        // a scanner's 200, give or take its motor
inline constexpr double most_skew_seen = 37.0;  // degrees; beyond, the page is not known to be skewed

std::string_view id(Flaw);  // "too_dark"
std::optional<Flaw> parse_flaw(std::string_view);
// Code "quality.too_dark" with one sentence to the operator: what is wrong and what to do.
letter::Reason reason(Flaw);
// Whether the operator is asked to look at the paper again.
bool is_alarm(Flaw);

struct Quality {
  double dpi = 0;
  std::optional<double> skew_deg;  // none: not found; positive = turned clockwise; up to most_skew_seen
  bool blank = false;
  std::vector<Flaw> flaws;  // in the order of Flaw, each once
  bool operator==(const Quality&) const = default;
};

// Never `unreadable` or `damaged`: who decodes knows that. A corner that is cut shows only where the
// scanner's background is dark.
Quality judge(const Raster& raster);

}  // namespace page
