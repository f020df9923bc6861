// Chance that anyone can repeat: the same seed gives the same throws on every machine, which the
// distributions of <random> do not promise.
#pragma once

#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace workshop {

class Dice {
 public:
  Dice(std::uint64_t seed, std::uint64_t stream) : state_(seed * 0x9E3779B97F4A7C15ull ^ stream) { next(); }

  // splitmix64
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  // 0 <= answer < sides; sides > 0.
  std::uint32_t below(std::uint32_t sides) {
    return static_cast<std::uint32_t>((next() >> 32) * sides >> 32);
  }
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low + 1)));
  }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double uniform(double low, double high) { return low + (high - low) * unit(); }
  bool chance(double probability) { return unit() < probability; }
  // About normal, never beyond three deviations: the sum of twelve throws, cut.
  double around(double mean, double deviation) {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += unit();
    return mean + deviation * std::fmax(-3.0, std::fmin(3.0, sum));
  }
  template <class T>
  const T& pick(const std::vector<T>& list) {
    return list[below(static_cast<std::uint32_t>(list.size()))];
  }
  // The `index`-th of 0..count-1 in an order of its own: every `count` indices in a row meet all of them.
  static std::uint32_t dealt(std::uint64_t seed, std::uint32_t index, std::uint32_t count) {
    std::vector<std::uint32_t> cards(count);
    for (std::uint32_t i = 0; i < count; ++i) cards[i] = i;
    Dice dice(seed, 0xDEA1u + index / count);
    for (std::uint32_t i = count; i > 1; --i) std::swap(cards[i - 1], cards[dice.below(i)]);
    return cards[index % count];
  }

 private:
  std::uint64_t state_;
};

}  // namespace workshop
