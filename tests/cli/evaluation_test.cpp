// What is counted, and the bounds that are told with it.
#include "cli/evaluation.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "belt/daemon.hpp"
#include "cli/truths.hpp"
#include "stage.hpp"

namespace {

cli::FieldScore score(double confidence, bool right, letter::Verdict verdict) {
  cli::FieldScore made;
  made.id = "NIR";
  made.group = "comb";
  made.right = right;
  made.field.confidence = confidence;
  made.field.verdict = verdict;
  return made;
}

cli::Evaluation of(const cli::Truth& truth, const letter::SortedLetter& sorted,
                   const std::vector<cli::FieldScore>& fields = {}) {
  cli::Evaluation evaluation;
  cli::count(evaluation, {truth, sorted, fields});
  return evaluation;
}

TEST(Evaluation, AcceptedAndWrongIsCountedApartFromWrong) {
  const auto evaluation =
      of({}, {},
         {score(0.99, false, letter::Verdict::accepted), score(0.5, false, letter::Verdict::to_confirm),
          score(0.99, true, letter::Verdict::accepted)});
  EXPECT_EQ(evaluation.by_field.at("typed NIR"), (cli::Tally{3, 1, 2, 1}));
}

TEST(Evaluation, AnUnreadFieldHasNoConfidence) {
  const auto evaluation = of({}, {}, {score(0.9, false, letter::Verdict::unread)});
  EXPECT_EQ(evaluation.outcomes.at("typed comb").at(0).confidence, 0);
}

TEST(Evaluation, WhatTheTruthDoesNotSayIsNotScored) {
  const auto evaluation = of({}, {});
  EXPECT_EQ(evaluation.sorting.right.n, 0u);
  EXPECT_EQ(evaluation.forms.n, 0u);
  EXPECT_TRUE(evaluation.text.empty());
}

TEST(Evaluation, AMissingDateIsRightWhereNoneIsWritten) {
  cli::Truth truth;
  truth.letter_date = "";
  EXPECT_EQ(of(truth, {}).dates, (cli::Share{1, 1}));
  truth.letter_date = "2026-03-03";
  EXPECT_EQ(of(truth, {}).dates, (cli::Share{0, 1}));
}

TEST(Evaluation, AComplaintCalledNoneLowersTheRecall) {
  cli::Truth truth;
  truth.is_complaint = true;
  letter::SortedLetter sorted;
  sorted.is_complaint = false;
  EXPECT_EQ(of(truth, sorted).sorting.complaints_kept, (cli::Share{0, 1}));
  EXPECT_EQ(of(truth, sorted).sorting.called_complaints_right.n, 0u);
}

TEST(Evaluation, MacroF1IsTheMeanOverTheQueuesThatThereAre) {
  cli::Evaluation evaluation;
  cli::Truth truth;
  letter::SortedLetter sorted;
  truth.queue = sorted.queue = letter::Queue::entreprise;
  cli::count(evaluation, {truth, sorted, {}});
  truth.queue = letter::Queue::mediation;  // said entreprise
  cli::count(evaluation, {truth, sorted, {}});
  EXPECT_NEAR(evaluation.sorting.macro_f1(), (2.0 / 3 + 0) / 2, 1e-9);
}

TEST(Evaluation, ALetterThatNobodyCouldReadHasAllItsTextWrong) {
  cli::Evaluation evaluation;
  cli::Truth truth;
  truth.text = "ma rente";
  cli::count_unread(evaluation, truth, {"reader.time", "", ""});
  EXPECT_EQ(evaluation.text.at("typed"), (cli::TextScore{8, 8, 2, 2}));
  EXPECT_EQ(evaluation.refused.at("reader.time"), 1u);
}

TEST(Evaluation, TheBarThatAcceptsMostLetsInAllThatAreAsSure) {
  const auto best = cli::most_accepted({{0.9, true}, {0.8, true}, {0.8, false}, {0.7, true}}, 0);
  EXPECT_EQ(best.accepted, 1u);
  EXPECT_EQ(best.bar, 0.9);
}

TEST(Evaluation, AReaderThatOverstatesHasACalibrationError) {
  EXPECT_NEAR(cli::calibration_error(cli::reliability({{0.9, true}, {0.9, false}})), 0.4, 1e-9);
}

TEST(Evaluation, PrintsInBothLanguages) {
  std::ostringstream out, err;
  cli::Truth truth;
  truth.queue = letter::Queue::autre;
  const auto evaluation = of(truth, {}, {score(0.99, true, letter::Verdict::accepted)});
  const auto now = [] { return letter::Instant{}; };
  EXPECT_NE(cli::text(evaluation, {"fr", out, err, now, {}}).find("faux pour 1000"), std::string::npos);
  EXPECT_NE(cli::text(evaluation, {"en", out, err, now, {}}).find("wrong per 1,000"), std::string::npos);
}

TEST(Evaluation, AFolderWithoutTruthIsRefused) {
  const cli::TemporaryFolder folder;
  EXPECT_EQ(cli::known_scans(folder.path()).error().code, "truth.none");
  EXPECT_EQ(cli::known_scans(folder.path() / "none").error().code, "file.absent");
}

TEST(Evaluation, ATruthWithoutItsScanIsRefusedByNumber) {
  const cli::TemporaryFolder folder;
  std::ofstream(folder.path() / "martin.truth.json") << R"({"file": "martin.tif"})";
  const auto scans = cli::known_scans(folder.path());
  ASSERT_FALSE(scans);
  EXPECT_EQ(scans.error().code, "truth.scan");
  EXPECT_EQ(scans.error().fr.find("martin"), std::string::npos);
}

TEST(Evaluation, ItTakesAFolderOrAPainting) {
  Stage stage;
  EXPECT_EQ(stage.run({"evaluate"}), belt::exit_usage);
}

}  // namespace
