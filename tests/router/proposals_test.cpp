// Joins that filing proposed, decided at a desk.
#include "tests/router/desk_fixture.hpp"

namespace {

using letter::Queue;
using letter::State;
using made::on;

struct Proposals : made::DeskTest {
  // A case sent on the 12th, and one sent on the 20th whose letter shares one key with it.
  void two_cases(Queue first_queue, Queue second_queue) {
    auto one = made::sorted(1, first_queue), two = made::sorted(2, second_queue);
    one.read.letter_date = on("2026-11-12");
    two.read.letter_date = on("2026-11-20");
    one.keys = two.keys = {{"member", letter::PersonalText("40718822")}};
    older = file(one);
    newer = file(two);
  }
  letter::CaseFile open(const router::Asker& asker, const std::string& ref) {
    return act(asker, ref, "open").file.value();
  }
  std::string older, newer;
};

TEST_F(Proposals, AreShownWithTheCase) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  const auto shown = open(incapacity, newer).proposals;
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown.front().ref, older);
  EXPECT_EQ(shown.front().because, "member");
  EXPECT_TRUE(shown.front().older);
}

TEST_F(Proposals, AreCountedInTheRow) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  EXPECT_EQ(act(incapacity, newer, "list").rows.at(0).proposals, 1u);
}

TEST_F(Proposals, AcceptedGiveOneCaseWithTheEarlierClock) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  claim(incapacity, newer);
  ASSERT_EQ(code(act(incapacity, newer, "accept_join")), "");
  EXPECT_EQ(case_at(newer).state, State::merged);
  EXPECT_EQ(letters(older).size(), 2u);
  EXPECT_EQ(case_at(older).deadlines, router::deadlines(on("2026-11-12"), {}));
}

TEST_F(Proposals, AcceptedAtTheOlderCaseFetchTheNewer) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  claim(incapacity, older);
  ASSERT_EQ(code(act(incapacity, older, "accept_join", {{"with", newer}})), "");
  EXPECT_EQ(letters(older).size(), 2u);
}

TEST_F(Proposals, RefusedLeaveBothCasesAsTheyAre) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  claim(incapacity, newer);
  ASSERT_EQ(code(act(incapacity, newer, "refuse_join")), "");
  EXPECT_EQ(case_at(newer).state, State::registered);
  EXPECT_TRUE(open(incapacity, older).proposals.empty());
  EXPECT_EQ(verbs(older).back(), "opened");
  EXPECT_EQ(*(verbs(older).rbegin() + 1), "join_refused");
}

TEST_F(Proposals, AreDecidedOnce) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  claim(incapacity, newer);
  act(incapacity, newer, "refuse_join");
  EXPECT_EQ(code(act(incapacity, newer, "accept_join")), "desk.no_proposal");
}

TEST_F(Proposals, NeedTheCaseInHand) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  EXPECT_EQ(code(act(incapacity, newer, "accept_join")), "desk.stale");
}

TEST_F(Proposals, GiveALetterToAnotherQueueAndTellItsDesk) {
  two_cases(Queue::entreprise, Queue::incapacite_invalidite);
  claim(incapacity, newer);
  ASSERT_EQ(code(act(incapacity, newer, "accept_join")), "");
  EXPECT_EQ(case_at(older).news, 1u);
}

TEST_F(Proposals, DoNotNameTheComplainantOfAnotherQueue) {
  two_cases(Queue::entreprise, Queue::incapacite_invalidite);
  EXPECT_EQ(open(incapacity, newer).proposals.at(0).complainant.reveal(), "");
}

TEST_F(Proposals, FetchNothingFromAnotherQueue) {
  two_cases(Queue::incapacite_invalidite, Queue::entreprise);
  claim(incapacity, older);
  EXPECT_EQ(code(act(incapacity, older, "accept_join")), "desk.not_allowed");
}

TEST_F(Proposals, OfAMedicalCaseAreSeenByTheMedicalDeskAlone) {
  two_cases(Queue::dossiers_medicaux, Queue::incapacite_invalidite);
  EXPECT_TRUE(open(incapacity, newer).proposals.empty());
  EXPECT_EQ(open(medical, older).proposals.size(), 1u);
}

TEST_F(Proposals, AcceptedByTheMedicalDeskPutTheLetterUnderTheSecret) {
  two_cases(Queue::dossiers_medicaux, Queue::incapacite_invalidite);
  claim(medical, older);
  ASSERT_EQ(code(act(medical, older, "accept_join")), "");
  EXPECT_EQ(letters(older).size(), 2u);
  EXPECT_EQ(code(act(incapacity, older, "open")), "desk.secret");
}

TEST_F(Proposals, AreRefusedWhileSomebodyElseHoldsTheOtherCase) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  claim(everyone, older);
  claim(incapacity, newer);
  EXPECT_EQ(code(act(incapacity, newer, "accept_join")), "desk.claimed");
}

TEST_F(Proposals, VanishWithTheEndOfTheOtherCase) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  claim(incapacity, older);
  act(incapacity, older, "answer");
  EXPECT_TRUE(open(incapacity, newer).proposals.empty());
}

TEST_F(Proposals, AnAcceptedJoinCanBeUndone) {
  two_cases(Queue::incapacite_invalidite, Queue::incapacite_invalidite);
  claim(incapacity, newer);
  act(incapacity, newer, "accept_join");
  ASSERT_EQ(code(act(incapacity, newer, "undo")), "");
  EXPECT_EQ(letters(newer).size(), 1u);
  EXPECT_EQ(case_at(older).sent_on.date, on("2026-11-12"));
}

TEST_F(Proposals, NewsIsToldUntilWhoHoldsTheCaseOpensIt) {
  auto one = made::sorted(1), two = made::sorted(2);
  one.keys =
      two.keys = {{"member", letter::PersonalText("40718822")}, {"file", letter::PersonalText("S1234")}};
  older = file(one);
  file(two);
  EXPECT_EQ(open(everyone, older).row.news, 1u);
  claim(incapacity, older);
  EXPECT_EQ(open(incapacity, older).row.news, 1u);
  EXPECT_EQ(open(incapacity, older).row.news, 0u);
}

TEST_F(Proposals, ACaseIsNotAnsweredOverALetterThatNobodyRead) {
  auto one = made::sorted(1), two = made::sorted(2);
  one.keys =
      two.keys = {{"member", letter::PersonalText("40718822")}, {"file", letter::PersonalText("S1234")}};
  older = file(one);
  claim(incapacity, older);
  file(two);
  EXPECT_EQ(code(act(incapacity, older, "answer")), "desk.unread");
  EXPECT_EQ(code(act(incapacity, older, "requalify", {{"to", "non_reclamation"}, {"reason", "x"}})),
            "desk.unread");
  open(incapacity, older);
  EXPECT_EQ(code(act(incapacity, older, "answer")), "");
}

}  // namespace
