// What a count of errors proves about the share behind it. Pure.
#pragma once

#include <cstddef>

namespace letter {

// One-sided 90 % upper bound of a share of which `wrong` of `n` were seen (Clopper-Pearson); 1 without any.
double upper_bound_90(std::size_t wrong, std::size_t n);

}  // namespace letter
