// The yardstick of `vaguemestre evaluate`: it must see what is right, and also what is wrong.
#include "cli/score.hpp"

#include <gtest/gtest.h>

namespace {

letter::Field field(const std::string& id, const std::string& text, letter::How how = letter::How::typed) {
  letter::Field made;
  made.id = id;
  made.text = letter::PersonalText(text);
  made.how = how;
  return made;
}

ocr::Form small_form() {
  ocr::Form form;
  form.id = "small";
  form.elements.resize(3);
  form.elements[0].id = "PRENOM";
  form.elements[0].kind = ocr::ElementKind::comb;
  form.elements[1].id = "NIR";
  form.elements[1].kind = ocr::ElementKind::comb;
  form.elements[2].id = "CIV_M";
  form.elements[2].kind = ocr::ElementKind::tick;
  return form;
}

cli::Truth small_truth() {
  cli::Truth truth;
  truth.form = "small";
  truth.boxes = std::map<std::string, std::string>{{"PRENOM", "ÉLODIE"}};
  return truth;
}

std::vector<cli::FieldScore> scored(const cli::Truth& truth, const letter::ReadLetter& read) {
  return cli::score_fields(truth, read, {small_form()});
}

TEST(Score, PlainTextHasPlainApostrophesAndSingleSpaces) {
  EXPECT_EQ(cli::plain("  L’été\u00a0\n à  Nîmes "), U"L'été à Nîmes");
}

TEST(Score, EditsAreTheFewest) {
  EXPECT_EQ(cli::edits(U"niche", U"chien"), 4u);
  EXPECT_EQ(cli::edits(U"", U"abc"), 3u);
  EXPECT_EQ(cli::edits(U"abc", U"abc"), 0u);
}

TEST(Score, AnAccentedLetterIsOneLetter) {
  EXPECT_EQ(cli::score_text("été", "ete"), (cli::TextScore{3, 2, 1, 1}));
}

TEST(Score, WordsAreCountedApart) {
  EXPECT_EQ(cli::score_text("ma rente est due", "ma tente est"), (cli::TextScore{16, 5, 4, 2}));
}

TEST(Score, ACombIsRightWithoutAccents) {
  letter::ReadLetter read;
  read.fields = {field("PRENOM", "ELODIE")};
  const auto scores = scored(small_truth(), read);
  EXPECT_TRUE(scores[0].right);
  EXPECT_EQ(scores[0].group, "comb");
}

TEST(Score, OneLetterTooManyIsWrong) {
  letter::ReadLetter read;
  read.fields = {field("PRENOM", "ELODIES")};
  EXPECT_FALSE(scored(small_truth(), read)[0].right);
}

TEST(Score, ACombThatNobodyFilledMustBeEmpty) {
  letter::ReadLetter read;
  read.fields = {field("NIR", "1")};
  const auto scores = scored(small_truth(), read);
  EXPECT_EQ(scores[1].group, "empty comb");
  EXPECT_FALSE(scores[1].right);
}

TEST(Score, AFieldThatWasNotReadIsWrong) { EXPECT_FALSE(scored(small_truth(), {})[0].right); }

TEST(Score, ADoubtfulTickIsNotRight) {
  auto truth = small_truth();
  truth.boxes->insert({"CIV_M", "true"});
  letter::ReadLetter read;
  read.fields = {field("CIV_M", "", letter::How::tick)};
  read.fields[0].tick = letter::TickState::doubtful;
  EXPECT_FALSE(scored(truth, read)[2].right);
  read.fields[0].tick = letter::TickState::ticked;
  EXPECT_TRUE(scored(truth, read)[2].right);
}

TEST(Score, ACrossedOutTickIsNeitherBlankNorTicked) {
  auto truth = small_truth();
  truth.ticks["CIV_M"] = letter::TickState::corrected;
  letter::ReadLetter read;
  read.fields = {field("CIV_M", "", letter::How::tick)};
  EXPECT_FALSE(scored(truth, read)[2].right);
}

cli::Truth letter_truth() {
  cli::Truth truth;
  truth.form = "";
  truth.letter = {
      {"DATE", "3 mars 2026"}, {"IBAN", "FR76 3000 6000 0112 3456 7890 189"}, {"NIR", "253072A07300443"}};
  return truth;
}

TEST(Score, ADateIsTheSameInFiguresAndInWords) {
  letter::ReadLetter read;
  read.fields = {field("DATE", "03/03/2026")};
  EXPECT_TRUE(scored(letter_truth(), read)[0].right);
}

TEST(Score, AMaskedIbanIsJudgedByWhatItShows) {
  letter::ReadLetter read;
  read.fields = {field("IBAN", "FR76 **** 189")};
  EXPECT_TRUE(scored(letter_truth(), read)[1].right);
  read.fields = {field("IBAN", "FR76 **** 188")};
  EXPECT_FALSE(scored(letter_truth(), read)[1].right);
}

TEST(Score, SpacesInANumberDoNotCount) {
  letter::ReadLetter read;
  read.fields = {field("NIR", "2 53 07 2A 073 004 43")};
  EXPECT_TRUE(scored(letter_truth(), read)[2].right);
}

TEST(Score, WhatIsReadWhereNothingStandsIsInvented) {
  letter::ReadLetter read;
  read.fields = {field("SIRET", "73282932000074")};
  const auto scores = scored(letter_truth(), read);
  ASSERT_EQ(scores.size(), 4u);
  EXPECT_EQ(scores[3].group, "not there");
  EXPECT_FALSE(scores[3].right);
}

letter::Line own_line(const std::string& text) {
  letter::Line line;
  line.text = letter::PersonalText(text);
  return line;
}

TEST(Score, AnEditFallsToTheLineItStandsIn) {
  const std::vector<letter::Line> lines{own_line("Ma rente n'est"), own_line("pas versee du tuut")};
  const auto scores = cli::score_lines("Ma rente n'est pas versée du tout", lines);
  ASSERT_EQ(scores.size(), 2u);
  EXPECT_EQ(scores[0].right, 1);
  EXPECT_NEAR(scores[1].right, 1 - 2.0 / 19, 1e-9);  // with the space before it
}

TEST(Score, TextsAreLaidSideBySide) {
  const std::vector<std::pair<char32_t, char32_t>> expected{{U'a', U'a'}, {U'b', 0}, {U'c', U'd'}};
  EXPECT_EQ(cli::laid(U"abc", U"ad"), expected);
}

TEST(Score, ALineThatStandsNowhereInTheTruthIsWorthNothing) {
  const std::vector<letter::Line> lines{own_line("Ma rente"), own_line("XXXX")};
  EXPECT_EQ(cli::score_lines("Ma rente", lines)[1].right, 0);
}

TEST(Score, LinesThatAreNoOwnWordsAreNotScored) {
  auto printed = own_line("TSA 20202");
  printed.own_words = false;
  EXPECT_TRUE(cli::score_lines("Ma rente", {printed}).empty());
}

}  // namespace
