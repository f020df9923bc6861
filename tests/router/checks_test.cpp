// Blind checks: which letters, what the checker sees, what an error found sets right.
#include "router/blind_check.hpp"
#include "tests/router/desk_fixture.hpp"

namespace {

using letter::Queue;
using made::on;

letter::SortedLetter sure(std::uint32_t number, Queue queue = Queue::incapacite_invalidite,
                          const char* word = "INDEMNITES") {
  auto sorted = made::sorted(number, queue);
  sorted.read.letter_date = on("2026-11-12");
  sorted.read.text = letter::PersonalText("Je conteste.");
  sorted.evidence = {{"word", letter::PersonalText(word), queue, 2.5, 0, {}}};
  sorted.model = "m1";
  return sorted;
}

struct Checks : made::DeskTest {
  Checks() { rules.filing.check_one_in = 1; }  // every one, so that the tests need no luck

  letter::Answer take(const router::Asker& asker) { return act(asker, "", "check"); }
  letter::Answer say(const router::Asker& asker, const char* letter, const char* queue) {
    return act(asker, "", "check_answer", {{"letter", letter}}, queue);
  }
  // Filed with or without being picked.
  std::string file_picked(const letter::SortedLetter& sorted, bool picked) {
    rules.filing.check_one_in = picked ? 1 : 0;
    return file(sorted);
  }
};

TEST(Picking, TakesAboutOneInFifty) {
  int picked = 0;
  for (std::uint32_t number = 1; number <= 10'000; ++number)
    picked += router::is_picked({"LYON1", number}, std::string(32, 'k'), 50) ? 1 : 0;
  EXPECT_NEAR(picked, 200, 50);
}

TEST(Picking, DependsOnTheKey) {
  int differ = 0;
  for (std::uint32_t number = 1; number <= 1'000; ++number)
    differ += router::is_picked({"LYON1", number}, std::string(32, 'k'), 2) !=
                      router::is_picked({"LYON1", number}, std::string(32, 'l'), 2)
                  ? 1
                  : 0;
  EXPECT_GT(differ, 400);
}

TEST(Picking, OfNoneTakesNone) { EXPECT_FALSE(router::is_picked({"LYON1", 1}, "", 0)); }

TEST_F(Checks, ALetterThatAPersonSawIsNotChecked) {
  auto unsure = sure(1);
  unsure.needs_review = true;
  file(unsure);
  EXPECT_FALSE(take(everyone).blind);
}

TEST_F(Checks, ALetterThatJoinedACaseIsNotChecked) {
  file_picked(sure(1), false);
  auto more = sure(2);
  more.read.letter.joins = letter::text(letter::CaseRef{2026, 1});
  file_picked(more, true);
  EXPECT_FALSE(take(everyone).blind);
}

TEST_F(Checks, TheCheckerSeesWhatWasReadAndNothingThatWasDecided) {
  file(sure(1));
  const auto given = take(everyone);
  ASSERT_TRUE(given.blind);
  EXPECT_EQ(given.blind->text.reveal(), "Je conteste.");
  EXPECT_EQ(given.facts, (made::Args{{"letter", "LYON1-0000001"}}));
  EXPECT_TRUE(given.rows.empty());
  EXPECT_FALSE(given.file);
}

TEST_F(Checks, ADeskOfOneQueueCannotCheckBlindly) {
  file(sure(1));
  EXPECT_EQ(code(take(incapacity)), "desk.not_allowed");
  EXPECT_EQ(code(take(ops)), "desk.not_allowed");
}

TEST_F(Checks, MedicalLettersAreCheckedByTheMedicalDeskAlone) {
  file(sure(1, Queue::dossiers_medicaux));
  EXPECT_FALSE(take(everyone).blind);
  EXPECT_TRUE(take(medical).blind);
}

TEST_F(Checks, ALetterIsInOnePersonsHands) {
  file(sure(1));
  take(everyone);
  const auto other = router::make_asker("desk:autre_poste", {"*"}).value();
  EXPECT_FALSE(take(other).blind);
  EXPECT_EQ(code(say(other, "LYON1-0000001", "autre")), "desk.stale");
}

TEST_F(Checks, TheSameAnswerPassesAndChangesNothing) {
  const auto ref = file(sure(1));
  const auto before = case_at(ref);
  take(everyone);
  const auto answer = say(everyone, "LYON1-0000001", "incapacite_invalidite");
  EXPECT_EQ(answer.facts.at("passed"), "yes");
  EXPECT_EQ(case_at(ref), before);
  EXPECT_EQ(verbs(ref).back(), "blind_checked");
}

TEST_F(Checks, AnErrorReroutesTheCaseWithItsClockKept) {
  const auto ref = file(sure(1));
  const auto before = case_at(ref);
  take(everyone);
  const auto answer = say(everyone, "LYON1-0000001", "deces_rente_dependance");
  EXPECT_EQ(answer.facts.at("passed"), "no");
  EXPECT_EQ(answer.facts.at("queue"), "incapacite_invalidite");
  EXPECT_EQ(case_at(ref).queue, Queue::deces_rente_dependance);
  EXPECT_EQ(case_at(ref).deadlines, before.deadlines);
  EXPECT_EQ(case_at(ref).sent_on, before.sent_on);
}

TEST_F(Checks, AComplaintThatWasMissedGetsItsClockFromItsSendingDate) {
  const auto ref = file(sure(1, Queue::non_reclamation));
  take(everyone);
  say(everyone, "LYON1-0000001", "frais_sante");
  EXPECT_TRUE(case_at(ref).is_complaint);
  EXPECT_EQ(case_at(ref).deadlines, router::deadlines(on("2026-11-12"), {}));
}

TEST_F(Checks, ACheckerWhoSeesNoComplaintStopsNoClock) {
  const auto ref = file(sure(1));
  take(everyone);
  say(everyone, "LYON1-0000001", "non_reclamation");
  EXPECT_TRUE(case_at(ref).deadlines);
  EXPECT_TRUE(case_at(ref).needs_review);
  EXPECT_EQ(case_at(ref).queue, Queue::incapacite_invalidite);
}

TEST_F(Checks, WhatAPersonDecidedMeanwhileStands) {
  const auto ref = file(sure(1));
  take(everyone);
  claim(incapacity, ref);
  act(incapacity, ref, "reroute", {{"reason", "employeur"}}, "entreprise");
  say(everyone, "LYON1-0000001", "deces_rente_dependance");
  EXPECT_EQ(case_at(ref).queue, Queue::entreprise);
}

TEST_F(Checks, ALetterJoinedToAnothersCaseDoesNotMoveThatCase) {
  const auto first = file_picked(sure(1), false), second = file_picked(sure(2), true);
  claim(everyone, second);
  act(everyone, second, "join", {{"into", first}});
  take(everyone);
  say(everyone, "LYON1-0000002", "frais_sante");
  EXPECT_EQ(case_at(first).queue, Queue::incapacite_invalidite);
  EXPECT_TRUE(case_at(first).needs_review);
}

TEST_F(Checks, ALetterIsCheckedOnce) {
  file(sure(1));
  take(everyone);
  say(everyone, "LYON1-0000001", "autre");
  EXPECT_EQ(code(say(everyone, "LYON1-0000001", "autre")), "desk.wrong_state");
  EXPECT_FALSE(take(everyone).blind);
}

TEST_F(Checks, AnErrorListsWhatWasSortedOnTheSameGround) {
  const auto bad = file_picked(sure(1), true);
  const auto sibling = file_picked(sure(2), false);
  file_picked(sure(3, Queue::incapacite_invalidite, "SALAIRE"), false);
  file_picked(sure(4, Queue::entreprise), false);
  take(everyone);
  const auto answer = say(everyone, "LYON1-0000001", "deces_rente_dependance");
  ASSERT_EQ(answer.rows.size(), 2u);
  EXPECT_EQ(answer.rows[0].ref, bad);
  EXPECT_EQ(answer.rows[1].ref, sibling);
  EXPECT_EQ(verbs(sibling).back(), "sibling_of_error");
}

TEST_F(Checks, AnotherModelsLettersAreNoSiblings) {
  file_picked(sure(1), true);
  auto newer = sure(2);
  newer.model = "m2";
  file_picked(newer, false);
  take(everyone);
  EXPECT_EQ(say(everyone, "LYON1-0000001", "autre").facts.at("siblings"), "0");
}

TEST_F(Checks, SiblingsAreCountedFromTheLastCheckThatPassed) {
  file_picked(sure(1), false);
  file_picked(sure(2), true);
  take(everyone);
  say(everyone, "LYON1-0000002", "incapacite_invalidite");
  const auto since = file_picked(sure(3), false);
  file_picked(sure(4), true);
  take(everyone);
  const auto answer = say(everyone, "LYON1-0000004", "autre");
  EXPECT_EQ(answer.facts.at("siblings"), "1");
  EXPECT_EQ(answer.rows.at(1).ref, since);
}

TEST_F(Checks, TheStatusCountsWhatWaits) {
  file(sure(1));
  EXPECT_EQ(act(ops, "", "status").facts.at("checks"), "1");
}

TEST_F(Checks, TheHistoryDoesNotTellThatALetterWasPicked) {
  const auto ref = file(sure(1));
  EXPECT_EQ(verbs(ref), std::vector<std::string>{"filed"});
}

}  // namespace
