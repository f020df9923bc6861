// Which case wants attention on which day.
#include "router/alarm.hpp"

#include "tests/router/letters.hpp"

namespace {

using letter::State;
using made::on;
using router::Alarm;

// Sent on Friday 20 November 2026: acknowledgement due on Wednesday 2 December, answer on Wednesday 20
// January.
letter::CaseRow row(State state) {
  letter::CaseRow one;
  one.state = state;
  one.deadlines = router::deadlines(on("2026-11-20"), {});
  return one;
}
Alarm alarm(const letter::CaseRow& one, const char* today) { return router::alarm_of(one, on(today), {}); }

TEST(Alarms, AreSilentWhileThereIsTime) {
  EXPECT_EQ(alarm(row(State::registered), "2026-11-23"), Alarm::none);
}

TEST(Alarms, FourJoursOuvrablesBeforeTheAcknowledgement) {
  EXPECT_EQ(alarm(row(State::registered), "2026-11-26"), Alarm::none);
  EXPECT_EQ(alarm(row(State::registered), "2026-11-27"), Alarm::acknowledge_soon);
}

TEST(Alarms, OneJourOuvrableBeforeTheAcknowledgement) {
  EXPECT_EQ(alarm(row(State::registered), "2026-12-01"), Alarm::acknowledge_now);
  EXPECT_EQ(alarm(row(State::registered), "2026-12-02"), Alarm::acknowledge_now);
}

TEST(Alarms, AnAcknowledgementThatDidNotLeaveIsLate) {
  EXPECT_EQ(alarm(row(State::registered), "2026-12-03"), Alarm::late);
}

TEST(Alarms, TwentyOneDaysBeforeTheAnswer) {
  EXPECT_EQ(alarm(row(State::acknowledged), "2026-12-29"), Alarm::none);
  EXPECT_EQ(alarm(row(State::acknowledged), "2026-12-30"), Alarm::answer_in_21_days);
}

TEST(Alarms, TenDaysBeforeTheAnswer) {
  EXPECT_EQ(alarm(row(State::acknowledged), "2027-01-10"), Alarm::answer_in_10_days);
}

TEST(Alarms, FiveJoursOuvresBeforeTheAnswerTheHoldingLetterMustLeave) {
  EXPECT_EQ(alarm(row(State::acknowledged), "2027-01-12"), Alarm::answer_in_10_days);
  EXPECT_EQ(alarm(row(State::acknowledged), "2027-01-13"), Alarm::holding_must_leave);
}

TEST(Alarms, WhoWasNotToldThatAnotherBodyAnswersMustBe) {
  auto moved = row(State::acknowledged);
  moved.queue = "frais_sante";
  EXPECT_EQ(alarm(moved, "2026-11-23"), Alarm::redirection_must_leave);
  moved.state = State::redirected;
  EXPECT_EQ(alarm(moved, "2026-11-23"), Alarm::none);
}

TEST(Alarms, APromisedDayReplacesTheAnswersOnceItsLetterLeft) {
  auto held = row(State::holding);
  held.answer_told = on("2027-02-15");
  EXPECT_EQ(alarm(held, "2027-01-25"), Alarm::none);
  EXPECT_EQ(alarm(held, "2027-02-16"), Alarm::late);
}

TEST(Alarms, AnAnswerThatDidNotLeaveIsLate) {
  EXPECT_EQ(alarm(row(State::acknowledged), "2027-01-21"), Alarm::late);
}

TEST(Alarms, AnAnsweredCaseRaisesNone) { EXPECT_EQ(alarm(row(State::answered), "2027-05-01"), Alarm::none); }

TEST(Alarms, WithoutAClockThereIsNone) {
  auto none = row(State::registered);
  none.deadlines.reset();
  EXPECT_EQ(alarm(none, "2027-05-01"), Alarm::none);
}

}  // namespace
