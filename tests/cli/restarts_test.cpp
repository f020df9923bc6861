#include "cli/restarts.hpp"

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using cli::Restarts;

const letter::Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h};

TEST(Restarts, TheFirstPauseIsATenthOfASecond) {
  Restarts restarts;
  EXPECT_EQ(restarts.died(noon, 1s), noon + 100ms);
}

TEST(Restarts, PausesGrow) {
  Restarts restarts;
  restarts.died(noon, 0s);
  EXPECT_EQ(restarts.died(noon + 100ms, 0s), noon + 100ms + 200ms);
}

TEST(Restarts, NobodyIsAwayLongerThanASecond) {
  Restarts restarts;
  for (int i = 0; i < 15; ++i) {
    const auto now = noon + i * 2s;
    EXPECT_LE(*restarts.died(now, 0s) - now, 1s);
  }
}

TEST(Restarts, WhoLivedLongStartsAgainAtOnce) {
  Restarts restarts;
  for (int i = 0; i < 5; ++i) restarts.died(noon, 0s);
  EXPECT_EQ(restarts.died(noon + 1h, 1h), noon + 1h + 100ms);
}

TEST(Restarts, TwentyDeathsInAMinuteAreTooMany) {
  Restarts restarts;
  for (int i = 0; i < 19; ++i) EXPECT_TRUE(restarts.died(noon + i * 1s, 0s).has_value());
  EXPECT_FALSE(restarts.died(noon + 20s, 0s).has_value());
}

TEST(Restarts, TwentyDeathsInAnHourAreNot) {
  Restarts restarts;
  for (int i = 0; i < 40; ++i) EXPECT_TRUE(restarts.died(noon + i * 4s, 4s).has_value());
}

}  // namespace
