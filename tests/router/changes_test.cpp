// What a desk changes of one case, and how it takes a change back.
#include <algorithm>

#include "router/refusals.hpp"
#include "tests/router/desk_fixture.hpp"

namespace {

using letter::Queue;
using letter::State;
using made::on;
using made::sorted;
using made::written_on;

struct Changes : made::DeskTest {
  std::string claimed(const letter::SortedLetter& arrived) {
    const auto ref = file(arrived);
    claim(everyone, ref);
    return ref;
  }
  letter::Field field_of(const std::string& case_ref, const char* id) {
    letter::Field found;
    store.transact([&](router::Transaction& in) {
      found = *letter::find(in.letters(made::ref(case_ref)).at(0).read, id);
    });
    return found;
  }
};

TEST_F(Changes, AcknowledgingMovesTheCaseOn) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(act(everyone, ref, "acknowledge").rows.at(0).state, State::acknowledged);
}

TEST_F(Changes, AcknowledgingTwiceIsRefused) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "acknowledge");
  EXPECT_EQ(code(act(everyone, ref, "acknowledge")), "desk.wrong_state");
}

TEST_F(Changes, AnAnswerMayGoWithoutAnAcknowledgement) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(act(everyone, ref, "answer").rows.at(0).state, State::answered);
}

TEST_F(Changes, AnAnsweredCaseLeavesTheQueue) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "answer");
  EXPECT_TRUE(act(everyone, "", "list").rows.empty());
}

TEST_F(Changes, AnAnsweredCaseIsClosed) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "answer");
  EXPECT_EQ(act(everyone, ref, "close").rows.at(0).state, State::closed);
}

TEST_F(Changes, WhatWasNotAnsweredIsNotClosed) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "close")), "desk.wrong_state");
}

TEST_F(Changes, WithdrawingNeedsAReason) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "withdraw")), "desk.reason_required");
  EXPECT_EQ(act(everyone, ref, "withdraw", {{"reason", "courrier du 20"}}).rows.at(0).state,
            State::withdrawn);
}

TEST_F(Changes, ACorrectedFieldIsAccepted) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "correct", {{"field", "NOM_USAGE"}, {"text", "DURAND"}});
  const auto field = field_of(ref, "NOM_USAGE");
  EXPECT_EQ(field.text.reveal(), "DURAND");
  EXPECT_EQ(field.verdict, letter::Verdict::accepted);
  EXPECT_EQ(field.confidence, 1);
}

TEST_F(Changes, ACorrectedNameIsTheNameOfTheCase) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(act(everyone, ref, "correct", {{"field", "NOM_USAGE"}, {"text", "DURAND"}})
                .rows.at(0)
                .complainant.reveal(),
            "DURAND MARIE");
}

TEST_F(Changes, ATickIsCorrectedByItsState) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "correct", {{"field", "DEJA_OUI"}, {"state", "ticked"}});
  EXPECT_EQ(field_of(ref, "DEJA_OUI").tick, letter::TickState::ticked);
}

TEST_F(Changes, ATickTakesNoText) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "correct", {{"field", "DEJA_OUI"}, {"text", "oui"}})),
            "desk.bad_argument");
}

TEST_F(Changes, ATickIsNeverCorrectedToDoubtful) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "correct", {{"field", "DEJA_OUI"}, {"state", "doubtful"}})),
            "desk.bad_argument");
}

TEST_F(Changes, AFieldThatIsNotThereCannotBeCorrected) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "correct", {{"field", "SIRET"}, {"text", "1"}})), "desk.no_such_field");
}

TEST_F(Changes, ACorrectedSendingDateMovesTheClocks) {
  const auto ref = claimed(sorted(1));
  const auto row =
      act(everyone, ref, "correct", {{"sent_on", "2026-11-12"}, {"reason", "cachet"}}).rows.at(0);
  EXPECT_EQ(row.sent_on, (letter::SentOn{on("2026-11-12"), letter::SentBasis::desk, false}));
  EXPECT_EQ(row.deadlines, router::deadlines(on("2026-11-12"), rules.filing.clocks));
}

TEST_F(Changes, ACorrectedSendingDateNeedsAReason) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "correct", {{"sent_on", "2026-11-12"}})), "desk.reason_required");
}

TEST_F(Changes, NothingIsSentAfterItsArrival) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "correct", {{"sent_on", "2026-11-24"}, {"reason", "cachet"}})),
            "desk.bad_argument");
}

TEST_F(Changes, RequalifyingToARequestStopsTheClock) {
  const auto ref = claimed(sorted(1));
  const auto row =
      act(everyone, ref, "requalify", {{"to", "non_reclamation"}, {"reason", "attestation"}}).rows.at(0);
  EXPECT_EQ(row.state, State::requalified);
  EXPECT_EQ(row.queue, "non_reclamation");
  EXPECT_EQ(row.secondary, "incapacite_invalidite");
  EXPECT_FALSE(row.is_complaint);
  EXPECT_FALSE(row.deadlines);
}

TEST_F(Changes, RequalifyingToAComplaintStartsTheClockFromTheSending) {
  const auto ref = claimed(sorted(1, Queue::non_reclamation));
  const auto row =
      act(everyone, ref, "requalify", {{"to", "complaint"}, {"reason", "mécontentement"}}, "entreprise")
          .rows.at(0);
  EXPECT_EQ(row.queue, "entreprise");
  EXPECT_EQ(row.deadlines, router::deadlines(case_at(ref).sent_on.date, rules.filing.clocks));
}

TEST_F(Changes, RequalifyingNeedsAReason) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "requalify", {{"to", "non_reclamation"}})), "desk.reason_required");
}

TEST_F(Changes, RequalifyingToWhatItIsAlreadyIsRefused) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "requalify", {{"to", "complaint"}, {"reason", "x"}})), "desk.no_change");
}

TEST_F(Changes, ReroutingMovesTheCase) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(act(everyone, ref, "reroute", {{"reason", "contrat"}}, "entreprise").rows.at(0).queue,
            "entreprise");
}

TEST_F(Changes, ReroutingSettlesTheReview) {
  auto unsure = sorted(1);
  unsure.needs_review = true;
  const auto ref = claimed(unsure);
  EXPECT_FALSE(
      act(everyone, ref, "reroute", {{"reason", "vu"}}, "incapacite_invalidite").rows.at(0).needs_review);
}

TEST_F(Changes, ReroutingToWhereItIsAlreadyIsRefused) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "reroute", {{"reason", "vu"}}, "incapacite_invalidite")),
            "desk.no_change");
}

TEST_F(Changes, ReroutingIsNotTheWayToStopAClock) {
  const auto ref = claimed(sorted(1));
  EXPECT_EQ(code(act(everyone, ref, "reroute", {{"reason", "x"}}, "non_reclamation")), "desk.use_requalify");
}

TEST_F(Changes, EveryChangeIsInTheHistoryWithWhatWasAndWhatIs) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "reroute", {{"reason", "contrat"}}, "entreprise");
  store.transact([&](router::Transaction& in) {
    const auto event = in.history(made::ref(ref)).back();
    EXPECT_EQ(event.who, "desk:tous");
    const made::Args was_and_is{
        {"reason", "contrat"}, {"was.queue", "incapacite_invalidite"}, {"now.queue", "entreprise"}};
    EXPECT_TRUE(std::ranges::includes(event.what, was_and_is));
  });
}

TEST_F(Changes, ARefusedChangeLeavesNoTrace) {
  const auto ref = claimed(sorted(1));
  const auto before = case_at(ref);
  const auto history = verbs(ref);
  act(everyone, ref, "reroute", {{"reason", "x"}}, "non_reclamation");
  EXPECT_EQ(case_at(ref), before);
  EXPECT_EQ(verbs(ref), history);
}

// Undo.

TEST_F(Changes, UndoPutsTheQueueBack) {
  const auto ref = claimed(sorted(1));
  const auto before = case_at(ref);
  act(everyone, ref, "reroute", {{"reason", "contrat"}}, "entreprise");
  act(everyone, ref, "undo");
  EXPECT_EQ(case_at(ref), before);
}

TEST_F(Changes, UndoPutsTheClockBack) {
  const auto ref = claimed(sorted(1));
  const auto before = case_at(ref);
  act(everyone, ref, "requalify", {{"to", "non_reclamation"}, {"reason", "attestation"}});
  act(everyone, ref, "undo");
  EXPECT_EQ(case_at(ref), before);
}

TEST_F(Changes, UndoPutsAFieldBack) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "correct", {{"field", "NOM_USAGE"}, {"text", "DURAND"}});
  act(everyone, ref, "undo");
  EXPECT_EQ(field_of(ref, "NOM_USAGE"), made::text_field("NOM_USAGE", "DUPONT"));
  EXPECT_EQ(case_at(ref).complainant.reveal(), "DUPONT MARIE");
}

TEST_F(Changes, UndoIsAnEventAndRemovesNone) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "acknowledge");
  act(everyone, ref, "undo");
  EXPECT_EQ(verbs(ref), (std::vector<std::string>{"filed", "claimed", "acknowledged", "undone"}));
}

TEST_F(Changes, UndoGoesBackStepByStep) {
  const auto ref = claimed(sorted(1));
  const auto before = case_at(ref);
  act(everyone, ref, "correct", {{"sent_on", "2026-11-12"}, {"reason", "cachet"}});
  act(everyone, ref, "reroute", {{"reason", "contrat"}}, "entreprise");
  act(everyone, ref, "acknowledge");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(code(act(everyone, ref, "undo")), "");
  EXPECT_EQ(case_at(ref), before);
}

TEST_F(Changes, UndoEndsWithTheClaim) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "acknowledge");
  act(everyone, ref, "release");
  claim(everyone, ref);
  EXPECT_EQ(code(act(everyone, ref, "undo")), "desk.nothing_to_undo");
}

TEST_F(Changes, UndoNeedsALiveClaim) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "acknowledge");
  now += rules.lease;
  EXPECT_EQ(code(act(everyone, ref, "undo")), "desk.stale");
}

TEST_F(Changes, UndoIsOpenToTheDeskThatSentTheCaseAway) {
  const auto ref = file(sorted(1));
  claim(incapacity, ref);
  act(incapacity, ref, "reroute", {{"reason", "contrat"}}, "entreprise");
  EXPECT_EQ(act(incapacity, ref, "undo").rows.at(0).queue, "incapacite_invalidite");
}

TEST_F(Changes, UndoIsRefusedWhenTheSameHasChangedSince) {
  const auto ref = claimed(sorted(1));
  act(everyone, ref, "correct", {{"sent_on", "2026-11-20"}, {"reason", "cachet"}});
  auto earlier = written_on(2, "2026-11-10");
  earlier.read.letter.joins = ref;
  file(earlier);
  EXPECT_EQ(code(act(everyone, ref, "undo")), "desk.changed_since");
}

}  // namespace
