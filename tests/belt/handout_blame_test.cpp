// What becomes of a letter when its worker dies, fails or falls silent, and whose fault that is.
#include <gtest/gtest.h>

#include "tests/belt/handout_scene.hpp"

namespace {

using namespace scene;

TEST(Handout, ASilentReadersBegunLetterIsBlamedAndGoesOutAgain) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 2);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.kill("a");
  s.pass(Millis(4'000));
  s.arrive("b", "ocr", 2);
  const auto blames = s.take<Blame>();
  ASSERT_EQ(blames.size(), 1u);
  EXPECT_EQ(blames[0].id, L(1));
  EXPECT_EQ(blames[0].attempts, 1u);
  EXPECT_EQ(s.handed(), (Handed{{"b", 1}}));
}

TEST(Handout, ASilentReadersHeldLetterGoesOutAgainWithoutBlame) {
  Scene s;
  s.add(1, 2);
  s.arrive("a", "ocr", 2);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.kill("a");
  s.pass(Millis(4'000));
  for (const auto& blame : s.take<Blame>()) EXPECT_EQ(blame.id, L(1));
  s.arrive("b", "ocr", 2);
  EXPECT_EQ(s.handed(), (Handed{{"b", 1}, {"b", 2}}));
}

TEST(Handout, AReaderThatEndedItsLetterLeavesNoBlame) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 2);
  s.handed();
  s.read_one("a", L(1));
  s.kill("a");
  s.pass(Millis(4'000));
  EXPECT_TRUE(s.take<Blame>().empty());
  EXPECT_EQ(s.handout.counts().past_readers, 1u);
}

TEST(Handout, AReaderThatSaysByeLeavesNoBlame) {
  Scene s;
  s.add(1, 2);
  s.arrive("a", "ocr", 2);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.say("a", ProgressKind::bye);
  EXPECT_TRUE(s.take<Blame>().empty());
  EXPECT_EQ(s.handout.counts().waiting, 2u);
}

TEST(Handout, AFailedLetterIsBlamedWithItsReason) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.say("a", ProgressKind::failed, L(1));
  const auto blames = s.take<Blame>();
  ASSERT_EQ(blames.size(), 1u);
  EXPECT_EQ(blames[0].reason.code, "reading.timeout");
  EXPECT_EQ(s.handout.counts().waiting, 1u);
}

TEST(Handout, AWorkerCannotBlameALetterThatIsNotIts) {
  Scene s;
  s.add(1, 2);
  s.arrive("a", "ocr", 1);
  s.arrive("b", "ocr", 1);
  s.handed();
  s.say("b", ProgressKind::failed, L(1));
  EXPECT_TRUE(s.take<Blame>().empty());
}

TEST(Handout, AfterTheThirdAttemptALetterGoesToAPerson) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  for (int attempt = 1; attempt <= 3; ++attempt) {
    EXPECT_EQ(s.handed(), (Handed{{"a", 1}})) << attempt;
    EXPECT_TRUE(s.take<GiveUp>().empty());
    s.say("a", ProgressKind::begin, L(1));
    s.say("a", ProgressKind::failed, L(1));
    s.say("a", ProgressKind::ready, {}, 1);
    EXPECT_EQ(s.take<Blame>().size(), 1u);
  }
  const auto given_up = s.take<GiveUp>();
  ASSERT_EQ(given_up.size(), 1u);
  EXPECT_EQ(given_up[0].reason.code, "reading.timeout");
  EXPECT_EQ(s.handed(), Handed{});
  EXPECT_EQ(s.handout.counts().given_up, 1u);
}

TEST(Handout, TheLastBlameComesBeforeTheGivingUp) {
  Scene s({.attempts = 1});
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.say("a", ProgressKind::failed, L(1));
  s.decide();
  ASSERT_EQ(s.decided.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<Blame>(s.decided[0]));
  EXPECT_TRUE(std::holds_alternative<GiveUp>(s.decided[1]));
}

TEST(Handout, AttemptsOfBeforeARestartCount) {
  Scene s;
  s.handout.add(L(1), 2);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.say("a", ProgressKind::failed, L(1));
  EXPECT_EQ(s.take<GiveUp>().size(), 1u);
}

TEST(Handout, ALetterWhoseAttemptsAreSpentIsNotReadAgainAfterARestart) {
  Scene s;
  s.handout.add(L(1), 3);
  s.arrive("a", "ocr", 1);
  EXPECT_EQ(s.take<GiveUp>().size(), 1u);
  EXPECT_EQ(s.handed(), Handed{});
}

TEST(Handout, ALongReadingKeepsItsLeaseAndThatOfTheLetterBehindIt) {
  Scene s;
  s.add(1, 2);
  s.arrive("a", "ocr", 2);
  s.arrive("b", "ocr", 0);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.say("b", ProgressKind::ready, {}, 2);
  s.pass(Millis(120'000));
  EXPECT_EQ(s.handed(), Handed{});
}

TEST(Handout, ALetterThatAnIdleReaderNeverBeganGoesOutAgainWithoutBlame) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.arrive("b", "ocr", 1);
  s.pass(Millis(31'000));
  EXPECT_EQ(s.handed(), (Handed{{"b", 1}}));
  EXPECT_TRUE(s.take<Blame>().empty());
}

TEST(Handout, ALetterLostPastTheReadersGoesOutAgainWithoutBlame) {
  Scene s;
  s.add(1, 1);
  s.rest_of_the_road();
  s.arrive("a", "ocr", 1);
  s.handed();
  s.read_one("a", L(1));
  s.say("a", ProgressKind::ready, {}, 1);
  s.pass(Millis(29'000));
  EXPECT_EQ(s.handed(), Handed{});
  s.pass(Millis(2'000));
  EXPECT_EQ(s.handed(), (Handed{{"a", 1}}));
  EXPECT_TRUE(s.take<Blame>().empty());
}

TEST(Handout, ALetterLostTooOftenGoesToAPerson) {
  Scene s({.handouts = 4});
  s.add(1, 1);
  s.rest_of_the_road();
  s.arrive("a", "ocr", 1);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(s.handed(), (Handed{{"a", 1}}));
    s.read_one("a", L(1));
    s.say("a", ProgressKind::ready, {}, 1);
    s.pass(Millis(31'000));
  }
  EXPECT_EQ(s.handed(), Handed{});
  const auto given_up = s.take<GiveUp>();
  ASSERT_EQ(given_up.size(), 1u);
  EXPECT_EQ(given_up[0].reason.code, "handout.lost");
  EXPECT_TRUE(s.take<Blame>().empty());
}

TEST(Handout, WhileTheRouterIsAwayLettersPastTheReadersWait) {
  Scene s;
  s.add(1, 1);
  s.rest_of_the_road();
  s.arrive("a", "ocr", 1);
  s.handed();
  s.read_one("a", L(1));
  s.say("a", ProgressKind::ready, {}, 1);
  s.kill("r");
  s.pass(Millis(600'000));
  EXPECT_EQ(s.handed(), Handed{});
  s.arrive("r", "router");
  s.pass(Millis(31'000));
  EXPECT_EQ(s.handed(), (Handed{{"a", 1}}));
}

TEST(Handout, ABareSlipThatWasLostIsGivenUpOnceMore) {
  Scene s;
  s.rest_of_the_road();
  s.handout.add(L(1), 3);
  EXPECT_EQ(s.take<GiveUp>().size(), 1u);
  s.pass(Millis(31'000));
  EXPECT_EQ(s.take<GiveUp>().size(), 1u);
  s.handout.filed(L(1));
  s.pass(Millis(31'000));
  EXPECT_TRUE(s.take<GiveUp>().empty());
}

TEST(Handout, ASorterThatDiesOnALetterIsBlamedOnItAlone) {
  Scene s;
  s.add(1, 2);
  s.rest_of_the_road();
  s.arrive("a", "ocr", 2);
  s.handed();
  s.read_one("a", L(1));
  s.read_one("a", L(2));
  s.say("c", ProgressKind::begin, L(1));
  s.kill("c");
  s.pass(Millis(4'000));
  const auto blames = s.take<Blame>();
  ASSERT_EQ(blames.size(), 1u);
  EXPECT_EQ(blames[0].id, L(1));
  EXPECT_EQ(s.handout.counts().waiting, 1u);
  EXPECT_EQ(s.handout.counts().past_readers, 1u);  // the other keeps its lease
}

TEST(Handout, ARouterThatEndedALetterIsNotBlamedForIt) {
  Scene s;
  s.add(1, 1);
  s.rest_of_the_road();
  s.arrive("a", "ocr", 1);
  s.handed();
  s.read_one("a", L(1));
  s.say("r", ProgressKind::begin, L(1));
  s.say("r", ProgressKind::end, L(1));
  s.kill("r");
  s.pass(Millis(4'000));
  EXPECT_TRUE(s.take<Blame>().empty());
}

TEST(Handout, AnUnreachableReaderIsBlamedOnceItsSilenceIsOver) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.handout.lose("a", s.now);
  s.kill("a");
  s.pass(Millis(4'000));
  EXPECT_EQ(s.take<Blame>().size(), 1u);
}

TEST(Handout, AReaderFinishingAfterItsLeaseRanOutSavesTheSecondReading) {
  Scene s({.lease = Millis(1'000)});
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.pass(Millis(1'200));
  EXPECT_EQ(s.handout.counts().waiting, 1u);
  s.read_one("a", L(1));
  s.arrive("b", "ocr", 1);
  EXPECT_EQ(s.handed(), Handed{});
  EXPECT_EQ(s.handout.counts().past_readers, 1u);
}

TEST(Handout, ALetterBegunByAReaderOfBeforeTheRestartIsNotHandedToAnother) {
  Scene s;  // ingest has just started again: the letter is in its spool, the reader still reads it
  s.add(1, 1);
  s.arrive("a", "ocr", 0);
  s.say("a", ProgressKind::begin, L(1));
  s.arrive("b", "ocr", 1);
  EXPECT_EQ(s.handed(), Handed{});
}

TEST(Handout, OnesOwnDeafnessIsNobodysSilence) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.pass(Millis(500));
  s.now += Millis(60'000);  // a disk that hung: nothing was heard, nothing was decided
  s.decide();
  s.pass(Millis(1'000));
  EXPECT_TRUE(s.take<Blame>().empty());
  EXPECT_EQ(s.handed(), Handed{});
}

TEST(Handout, WordsAboutUnknownLettersAreIgnored) {
  Scene s;
  s.arrive("a", "ocr", 1);
  for (const auto kind : {ProgressKind::begin, ProgressKind::end, ProgressKind::failed})
    s.say("a", kind, L(99));
  s.kill("a");
  s.pass(Millis(4'000));
  EXPECT_TRUE(s.take<Blame>().empty());
}

}  // namespace
