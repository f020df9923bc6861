#include "router/calendar.hpp"

#include <gtest/gtest.h>

#include "tests/router/dumb_calendar.hpp"

namespace {

using letter::Day;
using router::Calendar;

Day on(const char* iso) { return letter::parse_day(iso).value(); }

// 20260405 -> "2026-04-05"
std::string iso(int number) {
  const std::string digits = std::to_string(number);
  return digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6);
}

TEST(Calendar, EasterAgreesWithASecondAlgorithm) {
  for (int year = 1900; year < 2200; ++year)
    ASSERT_EQ(letter::iso(router::easter(year)), iso(dumb::easter_of(year))) << year;
}

TEST(Calendar, AnOrdinaryYearHasElevenHolidays) { EXPECT_EQ(router::holidays(2026, {}).size(), 11u); }

class YearsOfTen : public testing::TestWithParam<int> {};
TEST_P(YearsOfTen, AscensionFallsOnAHolidayOfMay) { EXPECT_EQ(router::holidays(GetParam(), {}).size(), 10u); }
INSTANTIATE_TEST_SUITE_P(Calendar, YearsOfTen, testing::Values(2008, 2059, 2070, 2081, 2092));

struct RegionalDay {
  const char* region;
  const char* day;
};
class Regions : public testing::TestWithParam<RegionalDay> {};
TEST_P(Regions, HaveTheirHoliday) {
  EXPECT_TRUE(router::is_holiday(on(GetParam().day), Calendar{GetParam().region, false, {}, {}}));
}
TEST_P(Regions, KeepItToThemselves) { EXPECT_FALSE(router::is_holiday(on(GetParam().day), {})); }
INSTANTIATE_TEST_SUITE_P(Calendar, Regions,
                         testing::Values(RegionalDay{"AM", "2026-04-03"}, RegionalDay{"AM", "2026-12-26"},
                                         RegionalDay{"GP", "2026-05-27"}, RegionalDay{"MF", "2026-05-27"},
                                         RegionalDay{"MQ", "2026-05-22"}, RegionalDay{"GF", "2026-06-10"},
                                         RegionalDay{"RE", "2026-12-20"}, RegionalDay{"YT", "2026-04-27"},
                                         RegionalDay{"BL", "2026-10-09"}));

TEST(Calendar, SaturdayIsAJourOuvrable) { EXPECT_TRUE(router::is_jour_ouvrable(on("2026-11-28"), {})); }

TEST(Calendar, SaturdayIsNoJourOuvre) { EXPECT_FALSE(router::is_jour_ouvre(on("2026-11-28"), {})); }

TEST(Calendar, SundayIsNoJourOuvrable) { EXPECT_FALSE(router::is_jour_ouvrable(on("2026-11-29"), {})); }

TEST(Calendar, AHolidayIsNoJourOuvrable) { EXPECT_FALSE(router::is_jour_ouvrable(on("2026-07-14"), {})); }

TEST(Calendar, AHouseMayWorkOnWhitMonday) {
  EXPECT_TRUE(router::is_jour_ouvre(on("2026-05-25"), Calendar{"", true, {}, {}}));
}

TEST(Calendar, AHouseMayWorkOnAHoliday) {
  EXPECT_FALSE(router::is_holiday(on("2026-11-11"), Calendar{"", false, {}, {on("2026-11-11")}}));
}

TEST(Calendar, ANewLawMayAddAHoliday) {
  EXPECT_TRUE(router::is_holiday(on("2026-03-10"), Calendar{"", false, {on("2026-03-10")}, {}}));
}

}  // namespace
