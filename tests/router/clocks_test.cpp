#include "router/clocks.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <sstream>

#include "tests/router/dumb_calendar.hpp"

namespace {

using letter::Day;
using router::ClockRules;

Day on(const char* iso) { return letter::parse_day(iso).value(); }

ClockRules alsace_moselle() {
  ClockRules rules;
  rules.calendar.region = "AM";
  return rules;
}

ClockRules five_days() {
  ClockRules rules;
  rules.ack_counts_saturdays = false;
  return rules;
}

ClockRules prorogation() {
  ClockRules rules;
  rules.prorogation = true;
  return rules;
}

int number(Day day) {
  return dumb::number(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                      static_cast<int>(static_cast<unsigned>(day.day())));
}

// Compares every date 2000-2100 with the reference; stops at the first that differs.
void expect_as_dumb(const ClockRules& rules, const dumb::Switches& switches) {
  const dumb::Calendar reference(switches);
  int at = reference.find(2000, 1, 1);
  std::chrono::sys_days sent{on("2000-01-01")};
  for (; sent <= std::chrono::sys_days{on("2100-12-31")}; ++at, sent += std::chrono::days{1}) {
    ASSERT_EQ(reference.date(at), number(sent));
    const letter::Deadlines due = router::deadlines(sent, rules);
    const dumb::Dates found{number(due.ack_due),        number(due.ack_post_by),
                            number(due.answer_due),     number(due.answer_post_by),
                            number(due.mediation_open), number(due.mediation_last)};
    ASSERT_EQ(reference.dates(at), found) << "sent " << number(sent);
  }
}

TEST(Clocks, EveryDateOf2000To2100AgreesWithADayByDayWalk) { expect_as_dumb({}, {}); }

TEST(Clocks, EveryDateAgreesWhenOnlyMondayToFridayCount) { expect_as_dumb(five_days(), {.five_days = true}); }

TEST(Clocks, EveryDateAgreesInAlsaceMoselle) { expect_as_dumb(alsace_moselle(), {.alsace_moselle = true}); }

TEST(Clocks, EveryDateAgreesWithTheProrogationOfCpc642) {
  expect_as_dumb(prorogation(), {.prorogation = true});
}

TEST(Clocks, TheYardstickItselfCanFail) {
  const dumb::Calendar five(dumb::Switches{.five_days = true}), six(dumb::Switches{});
  const int sent = six.find(2026, 11, 23);
  EXPECT_NE(five.dates(sent), six.dates(sent));
}

// n,case,sent,sent_wd,ack_due,ack_due_wd,ack_post_by,answer_due,answer_due_wd,answer_post_by,
// mediation_open,mediation_last,alt_ack_5day,alt_ack_alsace_moselle,alt_answer_cpc642; "" = not stated.
std::vector<std::vector<std::string>> golden_rows() {
  std::ifstream file(VAGUEMESTRE_SOURCE_DIR "/tests/router/deadlines.csv");
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> cells;
    std::istringstream text(line);
    for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
    cells.resize(15);
    rows.push_back(cells);
  }
  return rows;
}

class GoldenDates : public testing::TestWithParam<std::vector<std::string>> {
 protected:
  const std::string& cell(std::size_t column) const { return GetParam()[column]; }
  Day sent() const { return on(cell(2).c_str()); }
  void expect(std::size_t column, Day found) const {
    if (cell(column).empty()) return;
    EXPECT_EQ(cell(column), letter::iso(found)) << cell(1);
  }
};

TEST_P(GoldenDates, AreTheClocks) {
  const letter::Deadlines due = router::deadlines(sent(), {});
  expect(4, due.ack_due);
  expect(6, due.ack_post_by);
  expect(7, due.answer_due);
  expect(9, due.answer_post_by);
  expect(10, due.mediation_open);
  expect(11, due.mediation_last);
}

TEST_P(GoldenDates, AreTheClocksOfEachSwitch) {
  expect(12, router::deadlines(sent(), five_days()).ack_due);
  expect(13, router::deadlines(sent(), alsace_moselle()).ack_due);
  expect(14, router::deadlines(sent(), prorogation()).answer_due);
}

std::vector<std::vector<std::string>> rows_without_heading() {
  auto rows = golden_rows();
  if (!rows.empty()) rows.erase(rows.begin());
  return rows;
}
INSTANTIATE_TEST_SUITE_P(Deadlines, GoldenDates, testing::ValuesIn(rows_without_heading()));

TEST(Clocks, TheGoldenFileIsThere) { EXPECT_EQ(golden_rows().size(), 35u); }

TEST(Clocks, TenJoursOuvrablesCountSaturdays) {
  EXPECT_EQ(letter::iso(router::add_jours_ouvrables(on("2026-11-23"), 10, {})), "2026-12-04");
}

TEST(Clocks, TenJoursOuvrablesSkipSundaysAndHolidays) {
  EXPECT_EQ(letter::iso(router::add_jours_ouvrables(on("2026-04-30"), 10, {})), "2026-05-15");
}

TEST(Clocks, ThreeJoursOuvrablesBeforeATuesdayIsTheFridayBefore) {
  EXPECT_EQ(letter::iso(router::subtract_jours_ouvrables(on("2026-11-24"), 3, {})), "2026-11-20");
}

TEST(Clocks, ThePostWorksOnSaturdaysEvenWhereTheHouseDoesNotCountThem) {
  EXPECT_EQ(letter::iso(router::subtract_jours_ouvrables(on("2026-11-24"), 3, five_days())), "2026-11-20");
}

TEST(Clocks, APaperDueOnASundayMustLeaveOnTheFriday) {
  EXPECT_EQ(letter::iso(router::post_by(on("2027-02-28"), {})), "2027-02-26");
}

TEST(Clocks, TheRuleSetNamesTheRecommendation) { EXPECT_EQ(router::rule_set({}), "FR-2024-R-02/1"); }

TEST(Clocks, TheRuleSetNamesEverySwitchThatIsNotTheDefault) {
  ClockRules rules = five_days();
  rules.prorogation = true;
  rules.calendar.region = "AM";
  rules.calendar.whit_monday_worked = true;
  rules.calendar.worked = {on("2026-05-08")};
  EXPECT_EQ(
      router::rule_set(rules),
      "FR-2024-R-02/1;ack=jours_ouvres;prorogation=CPC642;region=AM;worked=whit_monday;worked=2026-05-08");
}

}  // namespace
