// What an operator keys of an envelope, and what cannot be.
#include "letter/sending.hpp"

#include <gtest/gtest.h>

namespace {

letter::Day on(const char* iso) { return letter::parse_day(iso).value(); }

const letter::Day today = on("2026-11-23");

std::string doubt(const letter::Envelope& keyed, letter::Day arrived = {}) {
  const auto found = letter::doubt_about(keyed, arrived, today);
  return found ? found->code : "none";
}

TEST(Envelope, WhatIsNotKeyedIsNoDoubt) { EXPECT_EQ(doubt({}), "none"); }

TEST(Envelope, ADateUpToTodayIsBelieved) { EXPECT_EQ(doubt({{}, today, {}, ""}), "none"); }

TEST(Envelope, ADateInTheFutureIsNot) { EXPECT_EQ(doubt({{}, on("2026-11-24"), {}, ""}), "envelope.future"); }

TEST(Envelope, NoLetterIsSentAfterItArrived) {
  EXPECT_EQ(doubt({on("2026-11-21"), {}, {}, ""}, on("2026-11-20")), "envelope.after_arrival");
}

TEST(Envelope, TheOldestDayThatIsBelievedIsSixtyDaysBeforeArrival) {
  EXPECT_EQ(doubt({{}, {}, on("2026-09-24"), ""}), "none");
  EXPECT_EQ(doubt({{}, {}, on("2026-09-23"), ""}), "envelope.too_old");
}

TEST(Envelope, ARegisteredLettersNumberMayBeWrittenInGroups) {
  EXPECT_EQ(letter::registered_number("1a 123 456 7890 1"), "1A12345678901");
}

TEST(Envelope, ANumberFromAbroadHasItsKeyRight) {
  EXPECT_EQ(letter::registered_number("RR473124829PL"), "RR473124829PL");
  EXPECT_FALSE(letter::registered_number("RR473124828PL"));
}

TEST(Envelope, ANumberWithASignTooFewIsNone) {
  EXPECT_EQ(doubt({{}, {}, {}, "1A1234567890"}), "envelope.lrar");
}

}  // namespace
