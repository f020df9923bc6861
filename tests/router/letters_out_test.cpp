// Letters that leave: acknowledgements and holding letters, from promise to post.
#include "tests/router/desk_fixture.hpp"

namespace {

using letter::State;
using made::on;
using made::sorted;
using made::written_on;

struct LettersOut : made::DeskTest {
  std::string claimed() {
    const auto ref = file(written_on(1, "2026-11-20"));  // answer due on 2027-01-20
    claim(everyone, ref);
    return ref;
  }
  letter::Answer hold(const std::string& ref, const char* day, const char* why = "attente d'un organisme") {
    return act(everyone, ref, "hold", {{"answer_by", day}, {"reason", why}});
  }
  letter::Answer post(const std::string& ref, const char* kind) {
    return act(everyone, ref, "posted", {{"kind", kind}});
  }
};

TEST_F(LettersOut, PostingTheAcknowledgementStopsItsClock) {
  const auto ref = file(written_on(1, "2026-11-20"));
  EXPECT_EQ(post(ref, "acknowledgement").rows.at(0).state, State::acknowledged);
  EXPECT_EQ(router::next_post_by(case_at(ref)), on("2027-01-20"));
}

TEST_F(LettersOut, WhatAnotherBodyMustAnswerIsRedirectedOnceItsAuthorIsTold) {
  auto health = sorted(1, letter::Queue::frais_sante);
  const auto ref = file(health);
  const auto row = post(ref, "acknowledgement").rows.at(0);
  EXPECT_EQ(row.state, State::redirected);
  EXPECT_TRUE(row.deadlines);  // the two months run until an answer leaves
}

TEST_F(LettersOut, ARedirectedCaseMayBeAnsweredLateToo) {
  const auto ref = file(sorted(1, letter::Queue::frais_sante));
  claim(everyone, ref);
  act(everyone, ref, "acknowledge");
  hold(ref, "2027-02-15");
  EXPECT_EQ(post(ref, "holding").rows.at(0).state, State::holding);
}

TEST_F(LettersOut, ARedirectedCaseThatIsOursAfterAllIsAcknowledged) {
  const auto ref = file(sorted(1, letter::Queue::frais_sante));
  claim(everyone, ref);
  act(everyone, ref, "acknowledge");
  const auto row = act(everyone, ref, "reroute", {{"reason", "rente"}}, "deces_rente_dependance").rows.at(0);
  EXPECT_EQ(row.state, State::acknowledged);
}

struct RedirectedLate : LettersOut {
  // Acknowledged as another queue's, then found to be health expenses.
  std::string found_to_be_health(const std::string& ref) {
    act(everyone, ref, "reroute", {{"reason", "remboursement de soins"}}, "frais_sante");
    return ref;
  }
};

TEST_F(RedirectedLate, ItsAuthorIsOwedANotice) {
  const auto ref = claimed();
  act(everyone, ref, "acknowledge");
  found_to_be_health(ref);
  const auto value = case_at(ref);
  EXPECT_EQ(value.state, State::acknowledged);
  EXPECT_EQ(letter::due_letter(value.state, value.queue, false), letter::Outgoing::redirection);
}

TEST_F(RedirectedLate, IsRedirectedOnceTheNoticeLeft) {
  const auto ref = claimed();
  act(everyone, ref, "acknowledge");
  EXPECT_EQ(post(found_to_be_health(ref), "redirection").rows.at(0).state, State::redirected);
  EXPECT_EQ(code(post(ref, "redirection")), "desk.wrong_state");
}

TEST_F(RedirectedLate, TheNoticeComesBeforeTheHoldingLetter) {
  const auto ref = claimed();
  act(everyone, ref, "acknowledge");
  hold(ref, "2027-02-15");
  found_to_be_health(ref);
  EXPECT_EQ(code(post(ref, "holding")), "desk.wrong_state");
  post(ref, "redirection");
  EXPECT_EQ(post(ref, "holding").rows.at(0).state, State::holding);
}

TEST_F(RedirectedLate, WhoWasToldOfTheDelayIsNotToldTwice) {
  const auto ref = claimed();
  act(everyone, ref, "acknowledge");
  hold(ref, "2027-02-15");
  post(ref, "holding");
  EXPECT_EQ(post(found_to_be_health(ref), "redirection").rows.at(0).state, State::holding);
}

TEST_F(RedirectedLate, BeforeTheAcknowledgementItIsTheAcknowledgementThatTells) {
  const auto ref = found_to_be_health(claimed());
  EXPECT_EQ(code(post(ref, "redirection")), "desk.wrong_state");
  EXPECT_EQ(post(ref, "acknowledgement").rows.at(0).state, State::redirected);
}

TEST_F(RedirectedLate, TheClockRunsOn) {
  const auto ref = claimed();
  act(everyone, ref, "acknowledge");
  const auto before = case_at(ref).deadlines;
  post(found_to_be_health(ref), "redirection");
  EXPECT_EQ(case_at(ref).deadlines, before);
}

TEST_F(LettersOut, ADeskAcknowledgesNoneWhoseSendingDateIsInDoubt) {
  const auto ref = file(written_on(1, "2026-10-01"));
  claim(everyone, ref);
  EXPECT_EQ(code(act(everyone, ref, "acknowledge")), "desk.review_first");
  act(everyone, ref, "correct", {{"sent_on", "2026-11-19"}, {"reason", "cachet relu"}});
  EXPECT_EQ(code(act(everyone, ref, "acknowledge")), "");
}

TEST_F(LettersOut, AreNotPostedTwice) {
  const auto ref = file(written_on(1, "2026-11-20"));
  post(ref, "acknowledgement");
  EXPECT_EQ(code(post(ref, "acknowledgement")), "desk.wrong_state");
}

TEST_F(LettersOut, NothingLeavesThatNobodyHasLookedAt) {
  auto unsure = written_on(1, "2026-11-20");
  unsure.needs_review = true;
  EXPECT_EQ(code(post(file(unsure), "acknowledgement")), "desk.review_first");
}

TEST_F(LettersOut, NothingLeavesOnASendingDateInDoubt) {
  auto doubtful = written_on(1, "2026-10-01");  // too long before its arrival
  EXPECT_EQ(code(post(file(doubtful), "acknowledgement")), "desk.review_first");
}

TEST_F(LettersOut, APlainRequestIsOwedNone) {
  const auto ref = file(sorted(1, letter::Queue::non_reclamation));
  EXPECT_EQ(code(post(ref, "acknowledgement")), "desk.wrong_state");
}

TEST_F(LettersOut, AnotherDeskPostsNone) {
  const auto ref = file(written_on(1, "2026-11-20"));
  EXPECT_EQ(code(act(company, ref, "posted", {{"kind", "acknowledgement"}})), "desk.not_allowed");
}

TEST_F(LettersOut, APromiseWaitsForItsLetter) {
  const auto ref = claimed();
  act(everyone, ref, "acknowledge");
  const auto row = hold(ref, "2027-02-15").rows.at(0);
  EXPECT_EQ(row.state, State::acknowledged);
  EXPECT_EQ(row.answer_told, on("2027-02-15"));
  EXPECT_EQ(router::next_post_by(case_at(ref)), on("2027-01-20"));
}

TEST_F(LettersOut, AHoldingLetterPostedMovesTheNextPaperToItsDay) {
  const auto ref = claimed();
  act(everyone, ref, "acknowledge");
  hold(ref, "2027-02-15");
  EXPECT_EQ(post(ref, "holding").rows.at(0).state, State::holding);
  EXPECT_EQ(router::next_post_by(case_at(ref)), on("2027-02-15"));
}

TEST_F(LettersOut, APromiseLeavesTheLegalDateAsItIs) {
  const auto ref = claimed();
  hold(ref, "2027-02-15");
  EXPECT_EQ(case_at(ref).deadlines->answer_due, on("2027-01-20"));
}

TEST_F(LettersOut, ASecondPromiseWaitsForASecondLetter) {
  const auto ref = claimed();
  act(everyone, ref, "acknowledge");
  hold(ref, "2027-02-15");
  post(ref, "holding");
  hold(ref, "2027-03-15");
  EXPECT_EQ(post(ref, "holding").rows.at(0).answer_told, on("2027-03-15"));
}

TEST_F(LettersOut, APromiseNeedsItsCircumstances) {
  EXPECT_EQ(code(hold(claimed(), "2027-02-15", "")), "desk.reason_required");
}

TEST_F(LettersOut, NoPromiseForADayInTheTwoMonths) {
  EXPECT_EQ(code(hold(claimed(), "2027-01-20")), "desk.bad_answer_day");
}

TEST_F(LettersOut, NoPromiseForASunday) {
  EXPECT_EQ(code(hold(claimed(), "2027-02-14")), "desk.bad_answer_day");
}

TEST_F(LettersOut, APromiseCanBeUndone) {
  const auto ref = claimed();
  hold(ref, "2027-02-15");
  act(everyone, ref, "undo");
  EXPECT_FALSE(case_at(ref).answer_told);
}

TEST_F(LettersOut, TheJournalKeepsTheCircumstances) {
  const auto ref = claimed();
  hold(ref, "2027-02-15", "attente d'un organisme");
  std::string kept;
  store.transact([&](router::Transaction& in) {
    for (const auto& event : in.history(made::ref(ref)))
      if (event.verb == "held_up") kept = event.what.at("circumstances");
  });
  EXPECT_EQ(kept, "attente d'un organisme");
}

TEST_F(LettersOut, AnAnswerKeepsItsOutcome) {
  const auto ref = claimed();
  EXPECT_FALSE(act(everyone, ref, "answer", {{"outcome", "partiel"}}).reason);
}

TEST_F(LettersOut, AnOutcomeIsOneOfFour) {
  EXPECT_EQ(code(act(everyone, claimed(), "answer", {{"outcome", "gagné"}})), "desk.bad_argument");
}

}  // namespace
