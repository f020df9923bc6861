// Lives of a house on a disk that fails, and mistakes planted to know that the lives would show them.
#include <gtest/gtest.h>

#include "tests/sim/house.hpp"

namespace sim {
namespace {

// Crash points until a promise breaks; 0: none broke within `most`.
std::uint64_t points_until_broken(Planted planted, std::uint64_t most) {
  Plan plan;
  plan.planted = planted;
  for (std::uint64_t points = 0; points < most; ++plan.seed) {
    const Story story = live(plan);
    points += story.faults();
    if (!story.broken.empty()) return points;
  }
  return 0;
}

TEST(Simulator, TwoThousandCrashPointsBreakNoPromise) {
  Plan plan;
  std::uint64_t points = 0;
  for (; points < 2000; ++plan.seed) {
    const Story story = live(plan);
    points += story.faults();
    ASSERT_TRUE(story.broken.empty()) << "seed " << plan.seed << ": " << story.broken.front();
    ASSERT_GT(story.faults(), 0U);
    ASSERT_EQ(story.receipts, story.letters);
  }
}

TEST(Simulator, TheSameSeedLivesTheSameLife) {
  Plan plan;
  plan.seed = 7;
  const Story once = live(plan), again = live(plan);
  EXPECT_EQ(once.steps, again.steps);
  EXPECT_EQ(once.kills, again.kills);
}

struct FindsWithinAThousandPoints : testing::TestWithParam<Planted> {};

TEST_P(FindsWithinAThousandPoints, ThePlantedMistake) {
  EXPECT_GT(points_until_broken(GetParam(), 1000), 0U);
}

INSTANTIATE_TEST_SUITE_P(Simulator, FindsWithinAThousandPoints,
                         testing::Values(Planted::receipt_before_sync, Planted::filed_before_commit,
                                         Planted::blob_not_synced, Planted::names_not_synced));

}  // namespace
}  // namespace sim
