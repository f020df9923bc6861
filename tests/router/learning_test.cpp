// What people decided, kept and given out: to whom, with which texts.
#include "tests/router/desk_fixture.hpp"

namespace {

using letter::Correction;
using letter::Queue;

struct Learning : made::DeskTest {
  const router::Asker sorter = router::make_asker("sorter:sorter", {}).value();

  Learning() { rules.filing.check_one_in = 1; }

  letter::SortedLetter worded(std::uint32_t number, Queue queue = Queue::incapacite_invalidite) {
    auto sorted = made::sorted(number, queue);
    sorted.read.text = letter::PersonalText("Mes indemnités.");
    sorted.read.fields.push_back(made::tick_field("OBJ_SANTE", letter::TickState::ticked));
    return sorted;
  }
  std::string rerouted(std::uint32_t number, const char* to = "frais_sante") {
    const auto ref = file(worded(number));
    claim(everyone, ref);
    act(everyone, ref, "reroute", {{"reason", "mutuelle"}}, to);
    return ref;
  }
  std::vector<Correction> corrections(const router::Asker& asker, made::Args args = {}) {
    return act(asker, "", "corrections", std::move(args)).corrections;
  }
};

TEST_F(Learning, AReroutedLetterIsKeptWithBothAnswers) {
  rerouted(1);
  const auto all = corrections(sorter);
  ASSERT_EQ(all.size(), 1u);
  const Correction& one = all.front();
  EXPECT_EQ(letter::text(one.id), "LYON1-0000001");
  EXPECT_EQ(one.text.reveal(), "Mes indemnités.");
  EXPECT_EQ(one.ticked, std::vector<std::string>{"OBJ_SANTE"});
  EXPECT_EQ(one.queue, Queue::incapacite_invalidite);
  EXPECT_EQ(one.decided_queue, Queue::frais_sante);
  EXPECT_TRUE(one.automatic);
  EXPECT_EQ(one.source, "reroute");
}

TEST_F(Learning, AConfirmedSortingIsAReview) {
  auto unsure = worded(1);
  unsure.needs_review = true;
  const auto ref = file(unsure);
  claim(everyone, ref);
  act(everyone, ref, "reroute", {{"reason", "vu"}}, "incapacite_invalidite");
  const auto all = corrections(sorter);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all.front().source, "review");
  EXPECT_FALSE(all.front().automatic);
  EXPECT_EQ(all.front().decided_queue, all.front().queue);
}

TEST_F(Learning, ARequalifiedLetterIsKept) {
  const auto ref = file(worded(1));
  claim(everyone, ref);
  act(everyone, ref, "requalify", {{"to", "non_reclamation"}, {"reason", "simple question"}});
  EXPECT_FALSE(corrections(sorter).at(0).decided_complaint);
}

TEST_F(Learning, ABlindCheckIsKeptWhetherItPassedOrNot) {
  file(worded(1));
  file(worded(2));
  for (const char* queue : {"incapacite_invalidite", "entreprise"}) {
    const auto id = act(everyone, "", "check").facts.at("letter");
    act(everyone, "", "check_answer", {{"letter", id}}, queue);
  }
  const auto all = corrections(sorter);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].source, "blind_check");
  EXPECT_EQ(all[0].decided_queue, Queue::incapacite_invalidite);
  EXPECT_EQ(all[1].decided_queue, Queue::entreprise);
}

TEST_F(Learning, TheLastDecisionOnALetterCounts) {
  const auto ref = rerouted(1);
  act(everyone, ref, "reroute", {{"reason", "non"}}, "entreprise");
  const auto all = corrections(sorter);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all.front().decided_queue, Queue::entreprise);
}

TEST_F(Learning, AnUndoneDecisionIsNone) {
  const auto ref = rerouted(1);
  act(everyone, ref, "undo");
  EXPECT_TRUE(corrections(sorter).empty());
}

TEST_F(Learning, OpsAndAuditorGetNoTexts) {
  rerouted(1);
  EXPECT_EQ(corrections(ops).at(0).text.reveal(), "");
  EXPECT_EQ(corrections(auditor).at(0).text.reveal(), "");
}

TEST_F(Learning, ADeskGetsThoseOfItsQueuesAlone) {
  rerouted(1);
  EXPECT_TRUE(corrections(company).empty());
  EXPECT_EQ(corrections(everyone).at(0).text.reveal(), "Mes indemnités.");
}

TEST_F(Learning, MedicalTextsNeverLeaveToOthers) {
  rerouted(1, "dossiers_medicaux");
  EXPECT_EQ(corrections(sorter).at(0).text.reveal(), "");
  EXPECT_EQ(corrections(medical).at(0).text.reveal(), "Mes indemnités.");
}

TEST_F(Learning, WhatWasOnceSortedAsMedicalStaysSecret) {
  const auto ref = file(worded(1, Queue::dossiers_medicaux));
  claim(medical, ref);
  act(medical, ref, "reroute", {{"reason", "rien de médical"}, {"secondary", "none"}}, "frais_sante");
  EXPECT_EQ(corrections(sorter).at(0).text.reveal(), "");
}

TEST_F(Learning, IsGivenOutInParts) {
  for (std::uint32_t number = 1; number <= 3; ++number) rerouted(number);
  const auto first = act(sorter, "", "corrections", {{"limit", "2"}});
  EXPECT_EQ(first.corrections.size(), 2u);
  EXPECT_EQ(corrections(sorter, {{"limit", "2"}, {"after", first.facts.at("next")}}).size(), 1u);
}

TEST_F(Learning, TheSorterMayDoNothingElse) {
  const auto ref = file(worded(1));
  EXPECT_EQ(code(act(sorter, ref, "open")), "desk.not_allowed");
  EXPECT_EQ(code(act(sorter, ref, "claim")), "desk.not_allowed");
  EXPECT_TRUE(act(sorter, "", "list").rows.empty());
}

}  // namespace
