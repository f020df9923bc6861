#include "router/rights.hpp"

#include "tests/router/desk_fixture.hpp"

namespace {

using letter::Queue;
using made::Args;
using made::sorted;

letter::SortedLetter medical_below(std::uint32_t number) {
  letter::SortedLetter value = sorted(number);
  value.secondary = Queue::dossiers_medicaux;
  return value;
}

struct Rights : made::DeskTest {
  letter::CaseRow only_row(const router::Asker& asker) {
    const auto answer = act(asker, "", "list");
    EXPECT_EQ(answer.rows.size(), 1u);
    return answer.rows.empty() ? letter::CaseRow{} : answer.rows[0];
  }
};

TEST_F(Rights, AStationIsNoAsker) { EXPECT_FALSE(router::make_asker("station:LYON1", {"*"})); }

TEST_F(Rights, ADeskNeverGetsTheMedicalQueue) {
  const auto asker = router::make_asker("desk:curious", {"dossiers_medicaux", "autre"});
  EXPECT_EQ(asker->queues, std::vector{Queue::autre});
}

TEST_F(Rights, AllMeansAllOrdinaryQueues) { EXPECT_EQ(everyone.queues.size(), letter::queue_count - 1); }

TEST_F(Rights, ADeskSeesItsOwnQueue) {
  file(sorted(1));
  EXPECT_EQ(only_row(incapacity).complainant.reveal(), "DUPONT MARIE");
}

TEST_F(Rights, ADeskDoesNotSeeAnotherQueue) {
  file(sorted(1));
  EXPECT_TRUE(act(company, "", "list").rows.empty());
}

TEST_F(Rights, ADeskMayNotAskForAnotherQueue) {
  EXPECT_EQ(code(act(company, "", "list", {}, "incapacite_invalidite")), "desk.not_allowed");
}

TEST_F(Rights, ADeskMayNotOpenAnotherQueuesCase) {
  EXPECT_EQ(code(act(company, file(sorted(1)), "open")), "desk.not_allowed");
}

TEST_F(Rights, ADeskMayNotClaimAnotherQueuesCase) {
  EXPECT_EQ(code(claim(company, file(sorted(1)))), "desk.not_allowed");
}

TEST_F(Rights, OnlyTheMedicalDeskOpensTheMedicalQueue) {
  const auto ref = file(sorted(1, Queue::dossiers_medicaux));
  EXPECT_EQ(code(act(everyone, ref, "open")), "desk.secret");
  EXPECT_EQ(code(act(medical, ref, "open")), "");
}

TEST_F(Rights, OnlyTheMedicalDeskOpensWhatIsMedicalBelow) {
  const auto ref = file(medical_below(1));
  EXPECT_EQ(code(act(incapacity, ref, "open")), "desk.secret");
  EXPECT_EQ(code(act(medical, ref, "open")), "");
}

TEST_F(Rights, OfAMedicalCaseADeskSeesReferenceDatesQueueAndStateOnly) {
  const auto ref = file(medical_below(1));
  letter::CaseRow expected;
  expected.ref = ref;
  expected.queue = "incapacite_invalidite";
  expected.received_at = made::monday_morning();
  expected.sent_on = case_at(ref).sent_on;
  expected.deadlines = case_at(ref).deadlines;
  EXPECT_EQ(only_row(incapacity), expected);
}

TEST_F(Rights, TheNextCaseIsNeverOneThatTheDeskMayNotOpen) {
  file(medical_below(1));
  EXPECT_TRUE(act(incapacity, "", "next").rows.empty());
}

TEST_F(Rights, TheMedicalDeskGetsWhatIsMedicalBelowAsItsNext) {
  const auto ref = file(medical_below(1));
  EXPECT_EQ(act(medical, "", "next").rows.at(0).ref, ref);
}

TEST_F(Rights, TheMedicalDeskDoesNotSeeOrdinaryCases) {
  EXPECT_EQ(code(act(medical, file(sorted(1)), "open")), "desk.not_allowed");
}

TEST_F(Rights, OpsSeesRowsWithoutTheComplainant) {
  file(sorted(1));
  EXPECT_EQ(only_row(ops).complainant.reveal(), "");
}

TEST_F(Rights, OpsMayNotOpen) { EXPECT_EQ(code(act(ops, file(sorted(1)), "open")), "desk.not_allowed"); }

TEST_F(Rights, OpsMayNotClaim) { EXPECT_EQ(code(claim(ops, file(sorted(1)))), "desk.not_allowed"); }

TEST_F(Rights, TheAuditorReadsTheHistoryWithoutTheLetters) {
  const auto answer = act(auditor, file(sorted(1)), "open");
  ASSERT_TRUE(answer.file);
  EXPECT_TRUE(answer.file->letters.empty());
  EXPECT_EQ(answer.file->history.size(), 2u);
}

TEST_F(Rights, TheAuditorSeesNoCorrectedText) {
  const auto ref = file(sorted(1));
  claim(incapacity, ref);
  act(incapacity, ref, "correct", {{"field", "NOM_USAGE"}, {"text", "DURAND"}});
  const auto answer = act(auditor, ref, "open");
  for (const auto& event : answer.file->history)
    for (const auto& [key, value] : event.what) EXPECT_EQ(value.find("DURAND"), std::string::npos) << key;
}

TEST_F(Rights, TheAuditorSeesNoDetailsOfAMedicalCase) {
  const auto answer = act(auditor, file(medical_below(1)), "open");
  ASSERT_EQ(answer.file->history.size(), 2u);
  for (const auto& event : answer.file->history) EXPECT_TRUE(event.what.empty());
}

TEST_F(Rights, ReadingTheHistoryIsItselfInTheHistory) {
  const auto ref = file(sorted(1));
  act(auditor, ref, "open");
  EXPECT_EQ(verbs(ref), (std::vector<std::string>{"filed", "history_read"}));
}

TEST_F(Rights, OpeningIsInTheHistory) {
  const auto ref = file(sorted(1));
  act(incapacity, ref, "open");
  EXPECT_EQ(verbs(ref), (std::vector<std::string>{"filed", "opened"}));
}

TEST_F(Rights, ADeskThatSendsACaseToTheMedicalServiceLosesItAtOnce) {
  const auto ref = file(sorted(1));
  claim(incapacity, ref);
  const auto answer = act(incapacity, ref, "reroute", {{"reason", "expertise"}}, "dossiers_medicaux");
  EXPECT_EQ(answer.rows.at(0).complainant.reveal(), "");
  EXPECT_EQ(code(act(incapacity, ref, "undo")), "desk.stale");
  EXPECT_EQ(code(act(incapacity, ref, "open")), "desk.secret");
}

TEST_F(Rights, LeavingTheMedicalQueueDoesNotEndTheSecret) {
  const auto ref = file(sorted(1, Queue::dossiers_medicaux));
  claim(medical, ref);
  act(medical, ref, "reroute", {{"reason", "versement"}}, "incapacite_invalidite");
  EXPECT_EQ(code(act(incapacity, ref, "open")), "desk.secret");
}

TEST_F(Rights, TheMedicalDeskMayEndTheSecretInSoManyWords) {
  const auto ref = file(sorted(1, Queue::dossiers_medicaux));
  claim(medical, ref);
  act(medical, ref, "reroute", {{"reason", "rien de médical"}, {"secondary", "none"}},
      "incapacite_invalidite");
  EXPECT_EQ(code(act(incapacity, ref, "open")), "");
}

TEST_F(Rights, MedicalPapersFoundInOrdinaryMailAreTheMedicalDesksFirst) {
  const auto ref = file(sorted(1));
  claim(incapacity, ref);
  act(incapacity, ref, "reroute", {{"reason", "certificat"}, {"secondary", "dossiers_medicaux"}},
      "incapacite_invalidite");
  EXPECT_EQ(code(act(incapacity, ref, "open")), "desk.secret");
  EXPECT_EQ(code(act(medical, ref, "open")), "");
}

TEST_F(Rights, TheMedicalDeskGivesAPlainRequestBackToItsDesk) {
  auto request = sorted(1, Queue::non_reclamation);
  request.secondary = Queue::dossiers_medicaux;
  request.needs_review = true;
  const auto ref = file(request);
  claim(medical, ref);
  act(medical, ref, "reroute", {{"reason", "rien de médical"}, {"secondary", "none"}}, "non_reclamation");
  EXPECT_FALSE(case_at(ref).secondary);
  EXPECT_TRUE(case_at(ref).needs_review);
  EXPECT_EQ(code(act(everyone, ref, "open")), "");
}

}  // namespace
