#include "belt/clock_watch.hpp"

#include <gtest/gtest.h>

namespace belt {
namespace {

using namespace std::chrono_literals;
const letter::Instant morning{std::chrono::milliseconds(1'795'400'000'000)};

TEST(ClockWatch, AClockThatRunsIsNoNews) {
  ClockWatch watch;
  EXPECT_EQ(watch.look(morning, 5s), std::nullopt);
  EXPECT_EQ(watch.look(morning + 1h, 5s + 1h), std::nullopt);
}

TEST(ClockWatch, AClockSetForwardIsToldOnce) {
  ClockWatch watch;
  watch.look(morning, 5s);
  EXPECT_EQ(watch.look(morning + 1h, 6s), 1h - 1s);
  EXPECT_EQ(watch.look(morning + 1h + 1s, 7s), std::nullopt);
}

TEST(ClockWatch, AClockSetBackIsTold) {
  ClockWatch watch;
  watch.look(morning, 5s);
  EXPECT_EQ(watch.look(morning - 24h, 5s), -24h);
}

TEST(ClockWatch, AClockSetRightBitByBitIsNoJump) {
  ClockWatch watch;
  watch.look(morning, 0s);
  for (int second = 1; second < 100; ++second)
    ASSERT_EQ(watch.look(morning + second * 1s + second * 500ms, second * 1s), std::nullopt) << second;
}

}  // namespace
}  // namespace belt
