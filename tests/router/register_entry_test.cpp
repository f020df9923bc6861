// The register of complaints: what it says of a case, and what it keeps.
#include "router/register_entry.hpp"

#include "tests/router/desk_fixture.hpp"

namespace {

using made::sorted;
using made::written_on;

struct RegisterOfComplaints : made::DeskTest {
  std::vector<std::map<std::string, std::string>> lines(made::Args args = {}) {
    letter::Errand errand;
    errand.verb = "register";
    errand.args = std::move(args);
    return ask(auditor, errand).entries;
  }
};

TEST_F(RegisterOfComplaints, HasEveryColumnForEveryCase) {
  file(sorted(1));
  const auto all = lines();
  ASSERT_EQ(all.size(), 1u);
  for (const auto& column : router::register_columns()) EXPECT_TRUE(all[0].contains(column)) << column;
}

TEST_F(RegisterOfComplaints, SaysWhenTheAcknowledgementLeft) {
  const auto ref = file(written_on(1, "2026-11-20"));
  act(everyone, ref, "posted", {{"kind", "acknowledgement"}});
  EXPECT_EQ(lines().at(0).at("ack_sent"), "2026-11-23");
}

TEST_F(RegisterOfComplaints, APlainRequestIsNotInIt) {
  file(sorted(1, letter::Queue::non_reclamation));
  file(sorted(2));
  EXPECT_EQ(lines().size(), 1u);
}

TEST_F(RegisterOfComplaints, WhatSomebodySaidWasNoneStaysWithHisReason) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  act(everyone, ref, "requalify", {{"to", "non_reclamation"}, {"reason", "simple demande"}});
  EXPECT_EQ(lines().at(0).at("requalified_why"), "simple demande");
}

TEST_F(RegisterOfComplaints, ARedirectionNoticeIsAnAcknowledgement) {
  const auto ref = file(sorted(1, letter::Queue::frais_sante));
  act(everyone, ref, "posted", {{"kind", "acknowledgement"}});
  EXPECT_EQ(lines().at(0).at("ack_sent"), "2026-11-23");
}

TEST_F(RegisterOfComplaints, ALetterWhoseDepositWasKeyedIsRegistered) {
  auto value = sorted(1);
  value.read.letter.envelope.deposit = made::on("2026-11-20");
  file(value);
  EXPECT_EQ(lines().at(0).at("document"), "LRAR");
}

TEST_F(RegisterOfComplaints, ForgetsAnAcknowledgementThatWasUndone) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  act(everyone, ref, "acknowledge");
  act(everyone, ref, "undo");
  EXPECT_EQ(lines().at(0).at("ack_sent"), "");
}

TEST_F(RegisterOfComplaints, KeepsAnsweredCasesWithTheirOutcome) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  act(everyone, ref, "answer", {{"outcome", "partiel"}, {"dysfunction", "pièce égarée"}});
  EXPECT_EQ(lines().at(0).at("outcome"), "partiel");
  EXPECT_EQ(lines().at(0).at("dysfunction"), "pièce égarée");
  EXPECT_EQ(lines().at(0).at("answer_sent"), "2026-11-23");
}

TEST_F(RegisterOfComplaints, SaysTheReasonsTicked) {
  auto value = sorted(1);
  value.read.fields.push_back(made::tick_field("MOT_DELAI", letter::TickState::ticked));
  value.read.fields.push_back(made::tick_field("MOT_REFUS", letter::TickState::ticked));
  file(value);
  EXPECT_EQ(lines().at(0).at("reason"), "délai, refus");
}

TEST_F(RegisterOfComplaints, OfAMedicalCaseSaysDatesAndQueueAlone) {
  auto value = sorted(1, letter::Queue::dossiers_medicaux);
  value.read.fields.push_back(made::text_field("NUM_CONTRAT", "C-1"));
  file(value);
  const auto one = lines().at(0);
  EXPECT_EQ(one.at("medical_flag"), "oui");
  EXPECT_EQ(one.at("contract"), "");
  EXPECT_NE(one.at("answer_due"), "");
}

TEST_F(RegisterOfComplaints, ComesInPages) {
  file(sorted(1));
  file(sorted(2));
  const auto first = lines({{"limit", "1"}});
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(lines({{"after", first[0].at("case_id")}}).size(), 1u);
}

TEST_F(RegisterOfComplaints, IsForTheAuditorAlone) {
  letter::Errand errand;
  errand.verb = "register";
  EXPECT_EQ(code(ask(ops, errand)), "desk.not_allowed");
  EXPECT_EQ(code(ask(everyone, errand)), "desk.not_allowed");
}

}  // namespace
