// Many lives of a house on a disk that fails:  soak_simulate POINTS SEED
#include <cstdio>
#include <string>

#include "tests/sim/house.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::uint64_t points = std::stoull(argv[1]);
  sim::Plan plan;
  plan.seed = std::stoull(argv[2]);
  sim::Story all;
  std::uint64_t lives = 0, broken = 0;
  for (; all.faults() < points; ++plan.seed, ++lives) {
    const sim::Story story = sim::live(plan);
    all.kills += story.kills, all.power_cuts += story.power_cuts, all.failures += story.failures;
    all.letters += story.letters, all.receipts += story.receipts, all.steps += story.steps;
    for (const std::string& promise : story.broken)
      std::printf("seed\t%llu\t%s\n", static_cast<unsigned long long>(plan.seed), promise.c_str()), ++broken;
  }
  std::printf("sum\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\n", static_cast<unsigned long long>(lives),
              static_cast<unsigned long long>(all.kills), static_cast<unsigned long long>(all.power_cuts),
              static_cast<unsigned long long>(all.failures), static_cast<unsigned long long>(all.letters),
              static_cast<unsigned long long>(all.receipts), static_cast<unsigned long long>(all.steps),
              static_cast<unsigned long long>(broken));
  return broken == 0 ? 0 : 1;
}
