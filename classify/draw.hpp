// Chance that is the same on every machine: numbers and their use are laid down here, not by a library.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace classify {

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t seed() { return engine_(); }
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }  // 0..1
  bool chance(double share) { return unit() < share; }
  template <class T>
  const T& one_of(const std::vector<T>& list) {
    return list[engine_() % list.size()];
  }

 private:
  std::mt19937_64 engine_;  // its numbers are laid down by the standard
};

}  // namespace classify
