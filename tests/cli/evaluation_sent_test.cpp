// What reading says of the day a letter was sent, against the truth.
#include "cli/evaluation_sent.hpp"

#include <gtest/gtest.h>

namespace {

using letter::SentBasis;

letter::Day on(const char* iso) { return letter::parse_day(iso).value(); }

cli::Truth franked(const char* day) {
  cli::Truth truth;
  truth.envelope.emplace();
  (*truth.envelope)[SentBasis::franking] = on(day);
  return truth;
}

// Arrived on Monday 23 November; three jours ouvrables before is the 19th.
letter::ReadLetter read_as(const char* day, letter::Confidence confidence,
                           SentBasis basis = SentBasis::franking) {
  letter::ReadLetter read;
  read.letter.id = {"LYON1", 1};
  read.letter.arrived_on = on("2026-11-23");
  read.letter.pages.resize(1);
  read.seen_dates = {{on(day), basis, confidence, 0, {}}};
  return read;
}

cli::SentTally of(const cli::Truth& truth, const letter::ReadLetter& read) {
  cli::SentTally tally;
  cli::count(tally, truth, read);
  return tally;
}

TEST(EvaluatedSending, AProofReadRightDecidesWhenItIsSure) {
  const auto tally = of(franked("2026-11-18"), read_as("2026-11-18", 0.95));
  EXPECT_EQ(tally.proofs.at(SentBasis::franking), (cli::ProofTally{1, 1, 0, 1, 0, 0, 0}));
  EXPECT_EQ(tally.right, 1u);
}

TEST(EvaluatedSending, AProofReadWrongInDoubtIsFlagged) {
  const auto tally = of(franked("2026-11-18"), read_as("2026-11-13", 0.5));
  EXPECT_EQ(tally.proofs.at(SentBasis::franking), (cli::ProofTally{1, 0, 1, 0, 0, 0, 0}));
  EXPECT_EQ(tally.flagged, 1u);
  EXPECT_EQ(tally.late_unflagged, 0u);
}

TEST(EvaluatedSending, AClockThatWouldStartTooLateUnseenIsCounted) {
  const auto tally = of(franked("2026-11-18"), read_as("2026-11-20", 0.95));
  EXPECT_EQ(tally.proofs.at(SentBasis::franking).sure_wrong, 1u);
  EXPECT_EQ(tally.late_unflagged, 1u);
}

TEST(EvaluatedSending, AProofThatIsNotThereIsInvented) {
  const auto tally = of(franked("2026-11-18"), read_as("2026-11-18", 0.95, SentBasis::postmark));
  EXPECT_EQ(tally.proofs.at(SentBasis::postmark), (cli::ProofTally{0, 0, 0, 0, 0, 1, 1}));
  EXPECT_EQ(tally.proofs.at(SentBasis::franking), (cli::ProofTally{1, 0, 0, 0, 0, 0, 0}));
}

TEST(EvaluatedSending, WithoutAnEnvelopeTheDateWrittenIsTheTruth) {
  cli::Truth truth;
  truth.letter_date = "2026-11-19";
  auto read = read_as("2026-11-19", 1);
  read.seen_dates.clear();
  const auto tally = of(truth, read);
  EXPECT_TRUE(tally.proofs.empty());
  EXPECT_EQ(tally.right, 1u);
}

TEST(EvaluatedSending, WhatTheTruthDoesNotTellIsNotCounted) {
  EXPECT_EQ(of({}, read_as("2026-11-18", 1)), cli::SentTally{});
}

}  // namespace
