// Dates and instants as texts, and the civil date in Paris around the changes of the clock.
#include <gtest/gtest.h>

#include "letter/when.hpp"

namespace {

using namespace letter;

std::string paris(const char* utc) { return iso(paris_day(parse_instant(utc).value())); }

TEST(Days, AreReadAsTheyAreWritten) { EXPECT_EQ(iso(parse_day("2026-11-23").value()), "2026-11-23"); }

TEST(Days, FrenchOrderIsDayMonthYear) { EXPECT_EQ(french(parse_day("2026-01-09").value()), "09/01/2026"); }

TEST(Days, OnlyRealCalendarDatesAreTaken) {
  for (const char* odd : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "23/11/2026",
                          "2026-11-2", "2026-11-023", "2026-1a-02", " 2026-11-2", "+026-11-23"})
    EXPECT_EQ(parse_day(odd), std::nullopt) << odd;
}

TEST(Days, TheLeapDayIsReal) { EXPECT_TRUE(parse_day("2028-02-29").has_value()); }

TEST(Instants, AreReadAsTheyAreWritten) {
  EXPECT_EQ(iso(parse_instant("2026-11-23T08:15:00.123Z").value()), "2026-11-23T08:15:00.123Z");
}

TEST(Instants, MayBeWithoutMilliseconds) {
  EXPECT_EQ(iso(parse_instant("2026-11-23T08:15:00Z").value()), "2026-11-23T08:15:00.000Z");
}

TEST(Instants, OddOnesAreRefused) {
  for (const char* odd : {"", "2026-11-23", "2026-11-23T24:00:00Z", "2026-11-23T08:60:00Z",
                          "2026-11-23T08:15:00", "2026-11-23 08:15:00Z", "2026-11-23T08:15:00.1Z",
                          "2026-02-30T08:15:00Z", "2026-11-23T08:15:00+01:00"})
    EXPECT_EQ(parse_instant(odd), std::nullopt) << odd;
}

TEST(ParisDay, InWinterTurnsAtElevenUtc) {
  EXPECT_EQ(paris("2026-11-23T22:59:59.999Z"), "2026-11-23");
  EXPECT_EQ(paris("2026-11-23T23:00:00.000Z"), "2026-11-24");
}

TEST(ParisDay, InSummerTurnsAtTenUtc) {
  EXPECT_EQ(paris("2026-07-14T21:59:59.999Z"), "2026-07-14");
  EXPECT_EQ(paris("2026-07-14T22:00:00.000Z"), "2026-07-15");
}

TEST(ParisDay, TheEveningBeforeSummerTimeIsStillWinter) {
  EXPECT_EQ(paris("2026-03-28T22:30:00Z"), "2026-03-28");
}

TEST(ParisDay, TheFirstEveningOfSummerTimeIsSummer) {
  EXPECT_EQ(paris("2026-03-29T22:30:00Z"), "2026-03-30");
}

TEST(ParisDay, TheEveningBeforeWinterTimeIsStillSummer) {
  EXPECT_EQ(paris("2026-10-24T22:30:00Z"), "2026-10-25");
}

TEST(ParisDay, TheFirstEveningOfWinterTimeIsWinter) {
  EXPECT_EQ(paris("2026-10-25T22:30:00Z"), "2026-10-25");
}

TEST(ParisDay, SummersGoOnBeyondTheZoneFiles) {
  for (const char* year : {"2036", "2037", "2038", "2060", "2099"}) {
    EXPECT_EQ(paris((std::string(year) + "-07-14T22:30:00Z").c_str()), std::string(year) + "-07-15");
    EXPECT_EQ(paris((std::string(year) + "-01-14T22:30:00Z").c_str()), std::string(year) + "-01-14");
  }
}

TEST(ParisDay, TheClockOf2040ChangesOnTheLastSundays) {
  EXPECT_EQ(paris("2040-03-24T22:30:00Z"), "2040-03-24");
  EXPECT_EQ(paris("2040-03-25T22:30:00Z"), "2040-03-26");
  EXPECT_EQ(paris("2040-10-27T22:30:00Z"), "2040-10-28");
  EXPECT_EQ(paris("2040-10-28T22:30:00Z"), "2040-10-28");
}

}  // namespace
