// Who gets which letter, and who a worker is.
#include <gtest/gtest.h>

#include "tests/belt/handout_scene.hpp"

namespace {

using namespace scene;

TEST(Handout, NobodyReadyMeansNothingHandedOut) {
  Scene s;
  s.add(1, 3);
  EXPECT_EQ(s.handed(), Handed{});
}

TEST(Handout, LettersGoOutInOrderOfArrival) {
  Scene s;
  s.handout.add(L(7), 0);
  s.handout.add(L(3), 0);
  s.arrive("a", "ocr", 2);
  EXPECT_EQ(s.handed(), (Handed{{"a", 7}, {"a", 3}}));
}

TEST(Handout, CreditIsWhatReadySaid) {
  Scene s;
  s.add(1, 3);
  s.arrive("a", "ocr", 1);
  EXPECT_EQ(s.handed(), (Handed{{"a", 1}}));
}

TEST(Handout, AReaderNeverHoldsMoreThanTwo) {
  Scene s;
  s.add(1, 5);
  s.arrive("a", "ocr", 100);
  EXPECT_EQ(s.handed(), (Handed{{"a", 1}, {"a", 2}}));
  s.say("a", ProgressKind::ready, {}, 100);
  EXPECT_EQ(s.handed(), Handed{});
}

TEST(Handout, WhatWasReadMakesRoomForOneMore) {
  Scene s;
  s.add(1, 5);
  s.arrive("a", "ocr", 2);
  s.handed();
  s.read_one("a", L(1));
  s.say("a", ProgressKind::ready, {}, 1);
  EXPECT_EQ(s.handed(), (Handed{{"a", 3}}));
}

TEST(Handout, IdleReadersComeFirst) {
  Scene s;
  s.add(1, 3);
  s.arrive("a", "ocr", 2);
  s.arrive("b", "ocr", 2);
  EXPECT_EQ(s.handed(), (Handed{{"a", 1}, {"b", 2}, {"a", 3}}));
}

TEST(Handout, AKnownIdIsIgnored) {
  Scene s;
  s.add(1, 1);
  s.add(1, 1);
  EXPECT_EQ(s.handout.counts().waiting, 1u);
}

TEST(Handout, NoMoreAreAfloatThanTheLimit) {
  Scene s({.in_flight = 3});
  s.add(1, 9);
  s.rest_of_the_road();
  for (const char* who : {"a", "b", "d"}) s.arrive(who, "ocr", 2);
  EXPECT_EQ(s.handed().size(), 3u);
  s.read_one("a", L(1));
  EXPECT_EQ(s.handed(), Handed{});  // read is not filed
  s.handout.filed(L(1));
  EXPECT_EQ(s.handed().size(), 1u);
}

TEST(Handout, AReadLetterIsPastTheReaders) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  EXPECT_EQ(s.handout.counts().with_readers, 1u);
  s.read_one("a", L(1));
  EXPECT_EQ(s.handout.counts().past_readers, 1u);
}

TEST(Handout, AFiledLetterDisappears) {
  Scene s;
  s.add(1, 4);
  s.arrive("a", "ocr", 2);
  s.handed();
  s.read_one("a", L(1));
  for (std::uint32_t n = 1; n <= 4; ++n) s.handout.filed(L(n));
  const auto counts = s.handout.counts();
  EXPECT_EQ(counts.waiting + counts.with_readers + counts.past_readers + counts.given_up, 0u);
  EXPECT_EQ(counts.oldest, std::nullopt);
}

TEST(Handout, TheOldestIsTheFirstThatIsNotFiled) {
  Scene s;
  s.handout.add(L(9), 0);
  s.handout.add(L(2), 0);
  EXPECT_EQ(s.handout.counts().oldest, L(9));
  s.handout.filed(L(9));
  EXPECT_EQ(s.handout.counts().oldest, L(2));
}

TEST(Handout, AnUnknownWorkerIsAskedWhoItIs) {
  Scene s;
  s.say("x", ProgressKind::beat);
  s.say("x", ProgressKind::beat);
  const auto asked = s.take<WhoAreYou>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].worker, "x");
}

TEST(Handout, AnUnknownWorkersCreditDoesNotCount) {
  Scene s;
  s.add(1, 1);
  s.say("x", ProgressKind::ready, {}, 2);
  EXPECT_EQ(s.handed(), Handed{});
}

TEST(Handout, NobodyIsAskedAfterBye) {
  Scene s;
  s.arrive("a", "ocr", 1);
  s.say("a", ProgressKind::bye);
  s.say("a", ProgressKind::bye);
  EXPECT_TRUE(s.take<WhoAreYou>().empty());
  s.say("a", ProgressKind::beat);
  EXPECT_EQ(s.take<WhoAreYou>().size(), 1u);
}

TEST(Handout, ANewLifeUnderTheSameRoutingIdIsANewWorker) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.handout.hear("a", {ProgressKind::hello, "ocr", "another life", {}, {}, 0}, s.now);
  EXPECT_EQ(s.take<Blame>().size(), 1u);
  EXPECT_EQ(s.handed(), Handed{});  // it has not said ready
  s.handout.hear("a", {ProgressKind::ready, "ocr", "another life", {}, {}, 1}, s.now);
  EXPECT_EQ(s.handed(), (Handed{{"a", 1}}));
}

TEST(Handout, TheSameLifeOnANewConnectionKeepsItsLettersWithoutBlame) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.handout.lose("a", s.now);
  const Progress hello{ProgressKind::hello, "ocr", "a-life", {}, {}, 0},
      begin{ProgressKind::begin, "ocr", "a-life", L(1), {}, 0};
  s.handout.hear("a2", hello, s.now);
  s.handout.hear("a2", begin, s.now);
  s.kill("a");
  for (int i = 0; i < 100; ++i) {
    s.now += tick;
    s.handout.hear("a2", {ProgressKind::beat, "ocr", "a-life", {}, {}, 0}, s.now);
    s.decide();
  }
  EXPECT_TRUE(s.take<Blame>().empty());
  EXPECT_EQ(s.handout.counts().with_readers, 1u);
  EXPECT_EQ(s.handout.counts().readers, 1u);
}

TEST(Handout, TheSameLifeOnANewConnectionGivesBackAtItsEndWhatItHeld) {
  Scene s;
  s.add(1, 1);
  s.arrive("a", "ocr", 1);
  s.handed();
  s.handout.hear("a2", {ProgressKind::hello, "ocr", "a-life", {}, {}, 0}, s.now);
  s.kill("a");
  s.pass(Millis(4'000));
  s.arrive("b", "ocr", 1);
  EXPECT_EQ(s.handed(), (Handed{{"b", 1}}));
}

TEST(Handout, AReaderThatCannotBeReachedGivesBackWhatItHadNotBegun) {
  Scene s;
  s.add(1, 2);
  s.arrive("a", "ocr", 2);
  s.handed();
  s.say("a", ProgressKind::begin, L(1));
  s.handout.lose("a", s.now);
  s.arrive("b", "ocr", 2);
  EXPECT_EQ(s.handed(), (Handed{{"b", 2}}));
  EXPECT_TRUE(s.take<Blame>().empty());  // not before its silence is over
}

}  // namespace
