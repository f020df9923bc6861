#include "letter/bounds.hpp"

#include <cmath>

namespace letter {
namespace {

// The chance of at most `wrong` of `n` when each is wrong with probability p.
double at_most(std::size_t wrong, std::size_t n, double p) {
  const auto nd = static_cast<double>(n);
  double sum = 0;
  for (std::size_t k = 0; k <= wrong; ++k) {
    const auto kd = static_cast<double>(k);
    const double ways = std::lgamma(nd + 1) - std::lgamma(kd + 1) - std::lgamma(nd - kd + 1);
    sum += std::exp(ways + kd * std::log(p) + (nd - kd) * std::log1p(-p));
  }
  return sum;
}

}  // namespace

double upper_bound_90(std::size_t wrong, std::size_t n) {
  if (n == 0 || wrong >= n) return 1;
  double low = static_cast<double>(wrong) / static_cast<double>(n), high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = (low + high) / 2;
    (at_most(wrong, n, middle) > 0.1 ? low : high) = middle;
  }
  return high;
}

}  // namespace letter
