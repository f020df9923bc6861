// From what a reader says of itself to what it is worth.
#include "ocr/check/confidence.hpp"

#include <gtest/gtest.h>

#include "ocr/check/confidence_fit.hpp"

namespace {

using letter::How;

letter::Field field(const std::string& text, How how = How::typed) {
  letter::Field made;
  made.id = "NIR";
  made.text = letter::PersonalText(text);
  made.how = how;
  made.confidence = 0.9;
  return made;
}

ocr::Element comb(const std::string& check, const std::string& charset = "0-9") {
  ocr::Element made;
  made.id = "NIR";
  made.kind = ocr::ElementKind::comb;
  made.check = check;
  made.charset = charset;
  return made;
}

std::vector<ocr::TrustExample> examples(std::size_t right, std::size_t wrong, double raw) {
  std::vector<ocr::TrustExample> made;
  for (std::size_t i = 0; i < right + wrong; ++i)
    made.push_back({{"comb/typed", "typed"}, "typed", raw, i >= wrong ? 1.0 : 0.0, static_cast<int>(i % 2)});
  return made;
}

TEST(Confidence, NoErrorIn1151IsProofOfTwoInAThousand) {
  EXPECT_LT(ocr::upper_bound_90(0, 1151), 0.002);
  EXPECT_GT(ocr::upper_bound_90(0, 1149), 0.002);
}

TEST(Confidence, TheBoundIsAboveWhatWasSeen) {
  EXPECT_GT(ocr::upper_bound_90(5, 100), 0.05);
  EXPECT_EQ(ocr::upper_bound_90(0, 0), 1);
  EXPECT_EQ(ocr::upper_bound_90(3, 3), 1);
}

TEST(Confidence, AFieldOfALetterIsWhatStandsInItAndHowItWasWritten) {
  EXPECT_EQ(ocr::trust_kinds(field("253072A07300443"), nullptr),
            (std::vector<std::string>{"letter NIR/typed+ok", "letter NIR/typed", "letter typed"}));
  EXPECT_EQ(ocr::trust_kinds(field("253072A07300444", How::hand), nullptr).front(), "letter NIR/hand+bad");
}

TEST(Confidence, ARepairedFieldOfALetterIsAKindOfItsOwn) {
  auto read = field("253072A07300443");
  read.repaired = true;
  EXPECT_EQ(ocr::trust_kinds(read, nullptr).front(), "letter NIR/typed+ok+repaired");
}

TEST(Confidence, OfAFilledCombTheScoreSaysAll) {
  const auto nir = comb("nir");
  EXPECT_EQ(ocr::trust_kinds(field("253072A07300444", How::hand), &nir),
            (std::vector<std::string>{"comb/hand", "hand"}));
}

TEST(Confidence, ACombInWhichNothingIsWrittenIsAcceptedApart) {
  const auto nir = comb("nir");
  EXPECT_EQ(ocr::trust_group(field(""), &nir), "empty");
}

TEST(Confidence, TheFieldsOfALetterAreAcceptedApart) {
  EXPECT_EQ(ocr::trust_group(field("253072A07300443"), nullptr), "letter typed");
}

TEST(Confidence, ASignatureIsNoTick) {
  letter::Field signature;
  signature.how = letter::How::tick;
  EXPECT_EQ(ocr::trust_group(signature, nullptr), "signature");
  ocr::Element box;
  box.kind = ocr::ElementKind::tick;
  EXPECT_EQ(ocr::trust_group(signature, &box), "tick");
}

TEST(Confidence, ACurveNeverFalls) {
  std::vector<std::pair<double, double>> readings;
  for (int i = 0; i < 400; ++i) readings.emplace_back(i / 400.0, (i * 7919) % 400 < i ? 1.0 : 0.0);
  const auto curve = ocr::fit_curve(readings);
  EXPECT_TRUE(std::is_sorted(curve.right.begin(), curve.right.end()));
  EXPECT_LT(curve.at(0.1), curve.at(0.9));
}

TEST(Confidence, AFewRightReadingsPromiseLittle) {
  std::vector<std::pair<double, double>> few(40, {0.99, 1.0}), many(4000, {0.99, 1.0});
  EXPECT_LT(ocr::fit_curve(few).at(0.99), 0.99);
  EXPECT_GT(ocr::fit_curve(many).at(0.99), 0.9997);
}

TEST(Confidence, WithoutEnoughProofNothingIsAccepted) {
  EXPECT_GT(ocr::fit_trust(examples(1000, 0, 0.99), 0.002).table.bars.at("typed"), 1);
}

TEST(Confidence, WithoutABarTheNearestProofIsTold) {
  const auto bar = ocr::fit_trust(examples(1000, 0, 0.99), 0.002).bars.at("typed");
  EXPECT_EQ(bar.accepted, 0u);
  EXPECT_NEAR(bar.at_most, 0.0023, 1e-4);
}

TEST(Confidence, WithEnoughProofTheBarIsWhereTheErrorsEnd) {
  auto all = examples(3000, 0, 0.99);
  for (const auto& one : examples(50, 50, 0.4)) all.push_back(one);
  const auto fit = ocr::fit_trust(all, 0.002);
  EXPECT_EQ(fit.bars.at("typed").accepted, 3000u);
  EXPECT_EQ(fit.bars.at("typed").wrong, 0u);
}

TEST(Confidence, TheProofCountsEveryErrorAmongTheAccepted) {
  // 5 wrong in 3000 are under 2 in 1000, their bound is not.
  EXPECT_GT(ocr::fit_trust(examples(2995, 5, 0.99), 0.002).table.bars.at("typed"), 1);
}

TEST(Confidence, JudgingTakesTheMostSpecialCurveThereIs) {
  const auto nir = comb("nir");
  ocr::TrustTable table;
  table.curves["typed"] = {{0.0, 1.0}, {0.1, 0.2}, 100};
  table.curves["comb/typed"] = {{0.9}, {0.97}, 100};
  table.bars["typed"] = 0.96;
  auto read = field("253072A07300443");
  ocr::judge(read, &nir, table);
  EXPECT_EQ(read.confidence, 0.97);
  EXPECT_EQ(read.verdict, letter::Verdict::accepted);
}

TEST(Confidence, ALineIsWorthItsShareOfRightLetters) {
  ocr::TrustTable table;
  table.curves["line/hand"] = {{0.0, 1.0}, {0.5, 0.9}, 100};
  letter::ReadLetter read;
  read.lines.resize(1);
  read.lines[0].how = How::hand;
  read.lines[0].confidence = 0.5;
  ocr::judge(read, {}, table);
  EXPECT_NEAR(read.lines[0].confidence, 0.7, 1e-9);
}

TEST(Confidence, ABoxOfTextIsAcceptedWhenFewOfItsLettersCanBeWrong) {
  ocr::Element box;
  box.kind = ocr::ElementKind::text_lines;
  auto read = field("Ma rente n'est pas versée.");
  read.confidence = 0.97;
  ocr::judge(read, &box, {});
  EXPECT_EQ(read.verdict, letter::Verdict::to_confirm);
  read.confidence = 0.985;
  ocr::judge(read, &box, {});
  EXPECT_EQ(read.verdict, letter::Verdict::accepted);
}

TEST(Confidence, UnderTheBarAPersonConfirms) {
  const auto nir = comb("nir");
  ocr::TrustTable table;
  table.bars["typed"] = 0.95;
  auto read = field("253072A07300443");
  ocr::judge(read, &nir, table);
  EXPECT_EQ(read.verdict, letter::Verdict::to_confirm);
}

TEST(Confidence, WhatWasNotReadStaysUnread) {
  auto read = field("");
  read.confidence = 0.1;
  ocr::judge(read, nullptr, {});
  EXPECT_EQ(read.verdict, letter::Verdict::unread);
}

TEST(Confidence, WhereEvenThePrintIsGoneAnEmptyCombIsUnread) {
  const auto nir = comb("nir");
  auto read = field("");
  read.confidence = 0.97;
  read.notes.push_back({"field.print_unseen", "", ""});
  ocr::judge(read, &nir, {});
  EXPECT_EQ(read.verdict, letter::Verdict::unread);
}

TEST(Confidence, ATableComesBackFromItsFile) {
  const auto table = ocr::fit_trust(examples(3000, 100, 0.5), 0.002).table;
  const auto back = ocr::parse_trust(ocr::text(table, {"fitted on 3100 fields"}));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->curves.size(), table.curves.size());
  EXPECT_NEAR(back->curves.at("typed").at(0.5), table.curves.at("typed").at(0.5), 1e-5);
}

TEST(Confidence, ATableChangedByHandIsRefused) {
  auto file = ocr::text(ocr::fit_trust(examples(3000, 0, 0.5), 0.002).table, {});
  file.replace(file.find("typed"), 5, "taped");
  EXPECT_EQ(ocr::parse_trust(file).error().code, "confidence.table");
}

TEST(Confidence, WithoutAFileTheReaderIsTakenAtItsWord) {
  const auto table = ocr::load_trust("/nowhere");
  ASSERT_TRUE(table);
  auto read = field("253072A07300443");
  ocr::judge(read, nullptr, *table);
  EXPECT_EQ(read.confidence, 0.9);
  EXPECT_EQ(read.verdict, letter::Verdict::accepted);
}

}  // namespace
