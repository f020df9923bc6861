// What a truth file may say and may leave out.
#include "cli/truth.hpp"

#include <gtest/gtest.h>

namespace {

TEST(Truth, WhatIsNotSaidIsAbsent) {
  const auto truth = cli::parse_truth(R"({"file": "a.tif", "queue": "frais_sante"})");
  ASSERT_TRUE(truth);
  EXPECT_EQ(truth->queue, letter::Queue::frais_sante);
  EXPECT_FALSE(truth->boxes);
  EXPECT_FALSE(truth->text);
  EXPECT_TRUE(truth->absent.contains("boxes"));
  EXPECT_FALSE(truth->absent.contains("queue"));
}

TEST(Truth, ANullFormIsAFreeLetter) {
  EXPECT_EQ(cli::parse_truth(R"({"file": "a.tif", "form": null})")->form, "");
}

TEST(Truth, ATrueBoxIsATickAndATextIsAComb) {
  const auto truth = cli::parse_truth(R"({"file": "a.tif", "boxes": {"CIV_M": true, "PRENOM": "JEAN"}})");
  EXPECT_EQ(truth->boxes->at("CIV_M"), "true");
  EXPECT_EQ(truth->boxes->at("PRENOM"), "JEAN");
}

TEST(Truth, TheLinesOfALetterAreJoined) {
  const auto truth = cli::parse_truth(
      R"({"file": "a.tif", "letter": {"sender": ["Jean Petit", "2 rue Neuve"], "box": null}})");
  EXPECT_EQ(truth->letter->at("EXPEDITEUR"), "Jean Petit\n2 rue Neuve");
  EXPECT_FALSE(truth->letter->contains("BOITE"));
}

TEST(Truth, AnEnvelopeTellsItsDatesStrongestFirst) {
  const auto truth = cli::parse_truth(
      R"({"file": "a.tif", "envelope": {"postmark": "2026-11-18", "deposit": "2026-11-17", "franking": null}})");
  ASSERT_TRUE(truth && truth->envelope);
  ASSERT_EQ(truth->envelope->size(), 2u);
  EXPECT_EQ(truth->envelope->begin()->first, letter::SentBasis::lrar_deposit);
}

TEST(Truth, AnEnvelopesDateIsOne) {
  EXPECT_EQ(cli::parse_truth(R"({"file": "a.tif", "envelope": {"postmark": "hier"}})").error().code,
            "truth.value");
}

TEST(Truth, AScanOfAnotherFolderIsRefused) {
  EXPECT_EQ(cli::parse_truth(R"({"file": "../a.tif"})").error().code, "truth.file");
  EXPECT_EQ(cli::parse_truth("{}").error().code, "truth.file");
}

TEST(Truth, AnUnknownQueueIsRefused) {
  EXPECT_EQ(cli::parse_truth(R"({"file": "a.tif", "queue": "cantine"})").error().code, "truth.value");
}

TEST(Truth, ATickThatWasCrossedOutIsSaidSo) {
  const auto truth = cli::parse_truth(R"({"file": "a.tif", "boxes": {}, "ticks": {"CIV_M": "corrected"}})");
  EXPECT_EQ(truth->ticks.at("CIV_M"), letter::TickState::corrected);
}

}  // namespace
