// Who works on which letter, told as conversations with a clock that the test turns.
#include "belt/handout.hpp"

#include <gtest/gtest.h>

namespace {

using namespace belt;
using letter::LetterId;
using letter::Progress;
using letter::ProgressKind;

constexpr Millis tick{100};

LetterId L(std::uint32_t n) { return {"LYON1", n}; }

// A hand-out, its clock, and workers that say beat at every tick until they are killed.
struct Scene {
  Handout handout;
  Millis now{0};
  std::map<std::string, std::string> alive;  // routing id -> stage
  std::vector<Decision> decided;

  explicit Scene(HandoutLimits limits = {}) : handout(limits) {}

  void say(const std::string& who, ProgressKind kind, LetterId id = {}, std::uint32_t credit = 0) {
    const std::string stage = alive.contains(who) ? alive[who] : "ocr";
    handout.hear(who, {kind, stage, who + "-life", id, {"reading.timeout", "f", "e"}, credit}, now);
  }
  void arrive(const std::string& who, const std::string& stage, std::uint32_t credit = 0) {
    alive[who] = stage;
    say(who, ProgressKind::hello);
    if (stage == "ocr") say(who, ProgressKind::ready, {}, credit);
  }
  void rest_of_the_road() {
    arrive("c", "classify");
    arrive("r", "router");
  }
  void kill(const std::string& who) { alive.erase(who); }
  void add(std::uint32_t from, std::uint32_t to) {
    for (auto n = from; n <= to; ++n) handout.add(L(n), 0);
  }
  // Lets time pass in ticks; every living worker beats.
  void pass(Millis time) {
    for (const Millis end = now + time; now < end;) {
      now += tick;
      for (const auto& [who, stage] : alive) say(who, ProgressKind::beat);
      decide();
    }
  }
  void decide() {
    for (auto& decision : handout.decide(now)) decided.push_back(std::move(decision));
  }
  void read_one(const std::string& who, LetterId id) {
    say(who, ProgressKind::begin, id);
    say(who, ProgressKind::end, id);
  }
  // All decisions of one kind since the last call that took them.
  template <class Kind>
  std::vector<Kind> take() {
    decide();
    std::vector<Kind> found;
    std::erase_if(decided, [&](const Decision& d) {
      if (const auto* one = std::get_if<Kind>(&d)) found.push_back(*one);
      return std::holds_alternative<Kind>(d);
    });
    return found;
  }
  std::vector<std::pair<std::string, std::uint32_t>> handed() {
    std::vector<std::pair<std::string, std::uint32_t>> out;
    for (const auto& h : take<HandOut>()) out.emplace_back(h.worker, h.id.number);
    return out;
  }
};

using Handed = std::vector<std::pair<std::string, std::uint32_t>>;

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
