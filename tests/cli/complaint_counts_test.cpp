// What the register counts for a period.
#include "cli/complaint_counts.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using cli::Delay;

letter::Day on(const char* iso) { return letter::parse_day(iso).value(); }
const letter::Day today = on("2026-11-23");

// Open, its two months end in January.
cli::RegisterLine line() {
  return {{"state", "acknowledged"}, {"product", "santé"},         {"reason", ""},
          {"outcome", ""},           {"answer_due", "2027-01-20"}, {"answer_sent", ""}};
}
cli::RegisterLine with(const std::string& column, const std::string& text) {
  auto one = line();
  one[column] = text;
  return one;
}
cli::RegisterLine answered_on(const char* day) {
  auto one = with("answer_sent", day);
  one["state"] = "answered";
  return one;
}
std::uint64_t delayed(const cli::RegisterLine& one, Delay delay) {
  return cli::complaint_counts({one}, today).delay.at(static_cast<std::size_t>(delay));
}
std::string printed(const std::vector<cli::RegisterLine>& lines, const char* language = "fr") {
  std::ostringstream out, err;
  const cli::Front front{language, out, err, [] { return letter::Instant{}; }, {}};
  return cli::text_of(cli::complaint_counts(lines, today), front);
}

TEST(ComplaintCounts, ByProduct) {
  const auto counts = cli::complaint_counts({line(), line(), with("product", "autre")}, today);
  EXPECT_EQ(counts.product, (std::map<std::string, std::uint64_t>{{"santé", 2}, {"autre", 1}}));
  EXPECT_EQ(counts.total, 3u);
}

TEST(ComplaintCounts, ACaseWithTwoReasonsCountsUnderEachAndOnceInTheTotal) {
  const auto counts = cli::complaint_counts({with("reason", "délai, refus"), with("reason", "refus")}, today);
  EXPECT_EQ(counts.reason, (std::map<std::string, std::uint64_t>{{"délai", 1}, {"refus", 2}}));
  EXPECT_EQ(counts.total, 2u);
}

TEST(ComplaintCounts, AReasonWithAStrokeIsOne) {
  const auto counts = cli::complaint_counts({with("reason", "information/qualité réponse")}, today);
  EXPECT_EQ(counts.reason.size(), 1u);
}

TEST(ComplaintCounts, ByOutcomeWithThoseThatHaveNoneYet) {
  auto partly = answered_on("2026-11-20");
  partly["outcome"] = "partiel";
  const auto counts = cli::complaint_counts({line(), partly}, today);
  EXPECT_EQ(counts.outcome, (std::map<std::string, std::uint64_t>{{"", 1}, {"partiel", 1}}));
}

TEST(ComplaintCounts, AnAnswerOnTheLastDayIsInTime) {
  EXPECT_EQ(delayed(answered_on("2027-01-20"), Delay::answered_in_time), 1u);
  EXPECT_EQ(delayed(answered_on("2027-01-21"), Delay::answered_late), 1u);
}

TEST(ComplaintCounts, AnOpenCaseIsLateFromTheDayAfterItsLast) {
  EXPECT_EQ(delayed(with("answer_due", "2026-11-23"), Delay::open_in_time), 1u);
  EXPECT_EQ(delayed(with("answer_due", "2026-11-22"), Delay::open_late), 1u);
}

TEST(ComplaintCounts, AHoldingLetterExcusesNothing) {
  auto held = with("answer_due", "2026-11-01");
  held["state"] = "holding";
  held["holding_new_date"] = "2027-02-15";
  EXPECT_EQ(delayed(held, Delay::open_late), 1u);
}

TEST(ComplaintCounts, WhatJoinedAnotherCaseIsCountedThere) {
  EXPECT_EQ(cli::complaint_counts({with("state", "merged")}, today), cli::ComplaintCounts{});
}

TEST(ComplaintCounts, WhatWasNoComplaintAfterAllIsNotCounted) {
  EXPECT_EQ(cli::complaint_counts({with("answer_due", "")}, today), cli::ComplaintCounts{});
}

TEST(ComplaintCounts, ArePrintedWithADashForWhatIsNotKnown) {
  const auto text = printed({line()});
  for (const char* what :
       {"Produit  santé", "Motif    -", "Issue    -", "Délai    en cours, dans le délai", "Total"})
    EXPECT_NE(text.find(what), std::string::npos) << what << "\n" << text;
}

TEST(ComplaintCounts, AreToldInEnglishToo) {
  EXPECT_NE(printed({line()}, "en").find("Delay    open, in time"), std::string::npos);
}

TEST(ComplaintCounts, ForAProgramHaveEveryDelayEvenThatOfNone) {
  EXPECT_EQ(
      letter::dump_json(cli::tree_of(cli::complaint_counts({line()}, today))),
      "{\"product\":{\"santé\":1},\"reason\":{\"\":1},\"outcome\":{\"\":1},\"delay\":{\"open_in_time\":1,"
      "\"open_late\":0,\"answered_in_time\":0,\"answered_late\":0},\"total\":1}");
}

}  // namespace
