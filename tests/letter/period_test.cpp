#include "letter/period.hpp"

#include <gtest/gtest.h>

namespace letter {
namespace {

Day on(const char* iso) { return parse_day(iso).value(); }

TEST(Period, IsReadInFrenchAndEnglish) {
  EXPECT_EQ(parse_period("5 years"), (Period{5, 0}));
  EXPECT_EQ(parse_period("5 ans"), (Period{5, 0}));
  EXPECT_EQ(parse_period("90 jours"), (Period{0, 90}));
}

TEST(Period, NothingElseIsOne) {
  for (const char* text : {"", "5", "5years", "0 years", "-1 days", "101 years", "5 moons", " 5 years"})
    EXPECT_FALSE(parse_period(text)) << text;
}

TEST(Period, YearsEndOnTheSameDayOfTheMonth) { EXPECT_EQ(after(on("2026-11-23"), {5, 0}), on("2031-11-23")); }

TEST(Period, AYearFromTheLeapDayEndsWithFebruary) {
  EXPECT_EQ(after(on("2028-02-29"), {1, 0}), on("2029-02-28"));
}

TEST(Period, DaysAreCounted) { EXPECT_EQ(after(on("2026-11-23"), {0, 90}), on("2027-02-21")); }

TEST(Period, SaysItself) {
  EXPECT_EQ(text(Period{1, 0}), "1 year");
  EXPECT_EQ(text(Period{0, 90}), "90 days");
}

}  // namespace
}  // namespace letter
