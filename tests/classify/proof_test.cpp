// An error budget becomes a bar, and a bar tells what it is worth and whether that is proven.
#include "classify/proof.hpp"

#include <gtest/gtest.h>

namespace {

using classify::Answer;

// `n` letters of one confidence and batch, of which the first `wrong` are wrong.
std::vector<Answer> letters(double confidence, std::size_t n, std::size_t wrong, std::uint32_t batch = 0) {
  std::vector<Answer> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back({confidence, true, i >= wrong, batch});
  return all;
}

std::vector<Answer> both(std::vector<Answer> one, const std::vector<Answer>& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

TEST(ErrorBudget, TakesInWhatItAllows) {
  const auto answers = both(letters(0.95, 100, 1), letters(0.60, 100, 30));
  const auto bar = classify::bar_of(answers, 20);
  EXPECT_EQ(bar.confidence, 0.95);
  EXPECT_EQ(bar.accepted, 100U);
  EXPECT_EQ(bar.wrong, 1U);
}

TEST(ErrorBudget, OfNothingAllowedStopsBeforeTheFirstMistake) {
  const auto answers = both(letters(0.99, 50, 0), letters(0.95, 50, 1));
  EXPECT_EQ(classify::bar_of(answers, 0).confidence, 0.99);
}

TEST(ErrorBudget, WithoutAnswersLetsNobodyThrough) {
  EXPECT_EQ(classify::bar_of({}, 20).confidence, classify::Bar::nobody);
}

TEST(ErrorBudget, DoesNotCountLettersThatAPersonSeesAnyway) {
  auto answers = letters(0.95, 100, 10);
  for (Answer& one : answers) one.alone = one.right;
  EXPECT_EQ(classify::bar_of(answers, 20).wrong, 0U);
  EXPECT_EQ(classify::bar_of(answers, 20).accepted, 90U);
}

TEST(ErrorBudget, LettersOfOneConfidenceStandOrFallTogether) {
  EXPECT_EQ(classify::bar_of(letters(0.9, 100, 3), 20).accepted, 0U);
}

TEST(Proof, TakesMoreThanAFewLetters) {
  const auto bar = classify::bar_of(letters(0.95, 100, 0), 20);
  EXPECT_EQ(bar.wrong, 0U);
  EXPECT_FALSE(classify::is_proven(bar, 20));
}

TEST(Proof, IsThereAfterEnoughLettersWithoutAMistake) {
  EXPECT_TRUE(classify::is_proven(classify::bar_of(letters(0.95, 120, 0), 20), 20));
}

TEST(Proof, HasABarOfItsOwnThatIsNeverLower) {
  const auto answers = both(letters(0.99, 300, 0), letters(0.90, 100, 8));
  EXPECT_EQ(classify::bar_of(answers, 20).confidence, 0.90);
  EXPECT_EQ(classify::proven_bar_of(answers, 20).confidence, 0.99);
}

TEST(WorkingBar, IsTheProvenOne) {
  const auto answers = both(letters(0.99, 300, 0), letters(0.90, 100, 8));
  EXPECT_EQ(classify::working_bar_of(answers, 20).confidence, 0.99);
}

TEST(WorkingBar, IsWhatTheAnswersShowWhileNothingIsProven) {
  EXPECT_EQ(classify::working_bar_of(letters(0.95, 60, 1), 20).confidence, 0.95);
}

TEST(CrossCheck, JudgesABatchByTheBarOfTheOthers) {
  // The first batch alone would set its bar over its own mistakes.
  const auto answers = both(letters(0.9, 100, 50, 1), letters(0.9, 1000, 0, 2));
  const auto crossed = classify::cross_checked(answers, 20);
  EXPECT_EQ(crossed.wrong, 50U);
}

TEST(ProofFile, ComesBackUnchanged) {
  const classify::Proof proof{"abc", {{0.9, true, false, 3}, {0.5, false, true, 0}}};
  EXPECT_EQ(classify::parse_proof(classify::dump_proof(proof)).value(), proof);
}

TEST(ProofFile, AChangedFigureIsRefused) {
  std::string bytes = classify::dump_proof({"abc", {{0.9, true, false, 3}}});
  bytes[bytes.size() - 4] = '1';
  EXPECT_EQ(classify::parse_proof(bytes).error().code, "proof.checksum");
}

TEST(ProofFile, AnotherFileIsRefused) {
  EXPECT_EQ(classify::parse_proof("something else").error().code, "proof.format");
}

}  // namespace
