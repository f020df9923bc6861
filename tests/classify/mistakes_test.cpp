// The reader's mistakes: noted from what was read, imitated on what is taught.
#include "classify/mistakes.hpp"

#include <gtest/gtest.h>

#include "classify/echo.hpp"

namespace {

using classify::Habit;
using classify::Laid;

Laid side_by_side(const std::string& written, const std::string& read) {
  Laid laid;
  for (std::size_t i = 0; i < written.size(); ++i) laid.emplace_back(written[i], read[i]);
  return laid;
}

Habit habit_of(const std::string& written, const std::string& read) {
  Habit habit;
  classify::note(habit, side_by_side(written, read));
  return habit;
}

TEST(Mistakes, ALetterReadForAnotherIsNoted) {
  const Habit habit = habit_of("RENTE", "KENTE");
  EXPECT_EQ(habit.read_as.at('R').at("K"), 1U);
  EXPECT_DOUBLE_EQ(habit.shares.at(0), 0.2);
}

TEST(Mistakes, ALetterThatCameInBelongsToTheOneBefore) {
  Habit habit;
  classify::note(habit, {{'N', 'N'}, {0, 'I'}, {'T', 'T'}});
  EXPECT_EQ(habit.read_as.at('N').at("NI"), 1U);
}

TEST(Mistakes, ALostLineIsNoSlipOfTheEye) {
  Habit habit;
  Laid laid = side_by_side("RENTE", "RENTE");
  for (int i = 0; i < 15; ++i) laid.emplace_back('X', 0);
  classify::note(habit, laid);
  EXPECT_FALSE(habit.read_as.contains('X'));
  EXPECT_DOUBLE_EQ(habit.lost.at(0), 0.75);
}

TEST(Mistakes, WhoNeverErrsIsNotImitated) {
  EXPECT_EQ(classify::misread("MA RENTE", habit_of("RENTE", "RENTE"), 1), "MA RENTE");
}

TEST(Mistakes, TheSameSeedErrsAlike) {
  const Habit habit = habit_of("RENTE RENTE", "KENTE RENIE");
  EXPECT_EQ(classify::misread("MA RENTE EST ARRETEE", habit, 7),
            classify::misread("MA RENTE EST ARRETEE", habit, 7));
}

TEST(Mistakes, OnlyWhatWasSeenIsImitated) {
  const std::string text = classify::misread("RRRRRRRRRRRRRRRRRRRR", habit_of("RR", "KR"), 3);
  EXPECT_NE(text.find('K'), std::string::npos);
  EXPECT_EQ(text.find_first_not_of("KR"), std::string::npos);
}

TEST(Mistakes, SurviveTheirFile) {
  classify::Mistakes mistakes;
  classify::note(mistakes.hand, {{'N', 'N'}, {' ', 0}, {'T', 'I'}});
  mistakes.typed = habit_of("RENTE", "RENTE");
  const auto again = classify::parse_mistakes(classify::dump_mistakes(mistakes));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->hand.read_as, mistakes.hand.read_as);
  EXPECT_EQ(again->typed, mistakes.typed);
}

TEST(Mistakes, AFileOfSomethingElseIsRefused) {
  EXPECT_EQ(classify::parse_mistakes("{}").error().code, "mistakes.format");
}

TEST(Echo, KeepsTheAnswerAndWrapsTheWords) {
  const auto echoes = classify::load_echoes(std::filesystem::path(VAGUEMESTRE_MODELS_DIR) / "triage");
  ASSERT_TRUE(echoes.has_value()) << echoes.error().en;
  classify::Example example;
  example.text = "Ma rente n'est plus versée.";
  example.queue = letter::Queue::incapacite_invalidite;
  bool changed = false;
  for (int i = 0; i < 8; ++i) {
    example.id = "x-" + std::to_string(i);
    const auto echo = classify::echo_of(example, *echoes, 1);
    EXPECT_EQ(echo.queue, example.queue);
    changed = changed || echo.text != example.text;
  }
  EXPECT_TRUE(changed);
}

}  // namespace
