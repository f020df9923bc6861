// When a case's time is over, who may end it, and what stops that.
#include "router/retention.hpp"

#include <algorithm>

#include "router/register_entry.hpp"
#include "tests/router/desk_fixture.hpp"

namespace {

using letter::Queue;
using made::on;
using made::sorted;
using Entry = std::map<std::string, std::string>;

struct Retention : made::DeskTest {
  Retention() {
    rules.retention.of_queue.fill({5, 0});
    rules.retention.of_queue.at(static_cast<std::size_t>(Queue::deces_rente_dependance)) = {10, 0};
    rules.retention.of_queue.at(static_cast<std::size_t>(Queue::non_reclamation)) = {0, 90};
  }
  std::string answered(const letter::SortedLetter& one) {
    const auto ref = file(one);
    claim(everyone, ref);
    EXPECT_EQ(code(act(everyone, ref, "answer", {{"outcome", "favorable"}, {"dysfunction", "piece egaree"}})),
              "");
    return ref;
  }
  // 23 November 2026 and so many years, on the day after.
  void years_later(int years) {
    now = letter::Instant{std::chrono::sys_days{on("2026-11-24") + std::chrono::years{years}} +
                          std::chrono::hours{12}};
  }
  std::vector<Entry> walk(const router::Asker& asker, const char* verb) {
    return act(asker, "", verb).entries;
  }
  std::string standing(const std::string& ref) {
    for (const Entry& entry : walk(ops, "retention"))
      if (entry.at("case") == ref) return entry.at("standing");
    return "";
  }
  router::Keeping kept(router::Case value, const char* closed = "2026-11-23") {
    return router::keeping(value, on(closed), rules.retention);
  }
  static router::Case complaint(Queue queue) {
    router::Case value;
    value.queue = queue;
    return value;
  }
};

TEST_F(Retention, EachQueueHasItsTime) {
  EXPECT_EQ(kept(complaint(Queue::autre)).kept_until, on("2031-11-23"));
  EXPECT_EQ(kept(complaint(Queue::deces_rente_dependance)).kept_until, on("2036-11-23"));
}

TEST_F(Retention, TheLongerTimeOfTwoServicesHolds) {
  auto value = complaint(Queue::autre);
  value.secondary = Queue::deces_rente_dependance;
  EXPECT_EQ(kept(value).kept_until, on("2036-11-23"));
}

TEST_F(Retention, ARequestThatWasHandedOnIsKeptNinetyDays) {
  auto value = complaint(Queue::non_reclamation);
  value.is_complaint = false;
  value.secondary = Queue::deces_rente_dependance;
  EXPECT_EQ(kept(value).kept_until, on("2027-02-21"));
}

TEST_F(Retention, NothingGoesWhileTheMediatorMayBeAsked) {
  rules.retention.of_queue.fill({0, 1});
  auto value = complaint(Queue::autre);
  value.deadlines.emplace().mediation_last = on("2027-11-20");
  EXPECT_EQ(kept(value).kept_until, on("2027-11-20"));
}

TEST_F(Retention, AnOpenCaseNeverGoes) {
  const auto ref = file(sorted(1));
  years_later(90);
  EXPECT_EQ(standing(ref), "");
  EXPECT_TRUE(walk(ops, "purge").empty());
}

TEST_F(Retention, TheTimeIsCountedFromTheEnd) {
  const auto ref = answered(sorted(1));
  now = made::at("2031-11-23T12:00:00.000Z");
  EXPECT_EQ(standing(ref), "");
  years_later(5);
  EXPECT_EQ(standing(ref), "due");
}

TEST_F(Retention, AnAnswerThatWasUndoneEndsNothing) {
  const auto ref = answered(sorted(1));
  act(everyone, ref, "undo");
  years_later(5);
  EXPECT_EQ(standing(ref), "");
}

TEST_F(Retention, ADryRunNamesNobodyAndChangesNothing) {
  const auto ref = answered(sorted(1));
  years_later(5);
  const auto entries = walk(ops, "retention");
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0], (Entry{{"case", ref},
                               {"queue", "incapacite_invalidite"},
                               {"state", "answered"},
                               {"standing", "due"},
                               {"letters", "1"},
                               {"pages", "1"},
                               {"closed_on", "2026-11-23"},
                               {"kept_until", "2031-11-23"}}));
  EXPECT_EQ(case_at(ref).complainant.reveal(), "DUPONT MARIE");
}

TEST_F(Retention, APurgeLeavesTheBareProof) {
  const auto ref = answered(sorted(1));
  years_later(5);
  walk(ops, "purge");
  EXPECT_EQ(case_at(ref).complainant.reveal(), "");
  store.transact([&](router::Transaction& in) {
    const auto letters = in.letters(made::ref(ref));
    ASSERT_EQ(letters.size(), 1u);
    EXPECT_TRUE(letters[0].read.fields.empty());
    EXPECT_EQ(letters[0].read.letter.masters.at(0).sha256, made::master().sha256);
    const auto proof = in.history(made::ref(ref)).back();
    EXPECT_EQ(proof.verb, "purged");
    EXPECT_EQ(proof.who, "ops:main");
    EXPECT_EQ(proof.what.at("letters"), "LYON1-0000001");
    EXPECT_EQ(proof.what.at("digests"), made::master().sha256);
    EXPECT_EQ(proof.what.at("kept_until"), "2031-11-23");
  });
}

TEST_F(Retention, APurgeLeavesItsChoresBehind) {
  const auto ref = answered(sorted(1));
  years_later(5);
  walk(ops, "purge");
  store.transact([&](router::Transaction& in) {
    using enum router::ChoreKind;
    EXPECT_EQ(in.chores(erase, 9), (std::vector<router::Chore>{{erase, "LYON1-0000001"}}));
    EXPECT_EQ(in.chores(erase_handover, 9), (std::vector<router::Chore>{{erase_handover, ref}}));
  });
}

TEST_F(Retention, ASecondPurgeFindsNothing) {
  answered(sorted(1));
  years_later(5);
  EXPECT_EQ(walk(ops, "purge").size(), 1u);
  EXPECT_TRUE(walk(ops, "purge").empty());
}

TEST_F(Retention, TheRegisterOfComplaintsCountsWhatWasPurgedAsBefore) {
  const auto ref = answered(sorted(1));
  years_later(5);
  const auto before = act(auditor, "", "register").entries.at(0);
  walk(ops, "purge");
  auto after = act(auditor, "", "register").entries.at(0);
  EXPECT_EQ(before.at("dysfunction"), "piece egaree");
  EXPECT_EQ(after.at("dysfunction"), "");
  EXPECT_EQ(after.at("purged_on"), "2031-11-24");
  for (const char* counted : {"case_id", "product", "reason", "outcome", "answer_due", "answer_sent", "state",
                              "received_date", "queue"})
    EXPECT_EQ(after.at(counted), before.at(counted)) << counted;
}

TEST_F(Retention, APurgedCaseIsOpenedByNobody) {
  const auto ref = answered(sorted(1));
  years_later(5);
  walk(ops, "purge");
  EXPECT_EQ(code(act(everyone, ref, "open")), "desk.purged");
  EXPECT_EQ(code(claim(everyone, ref)), "desk.purged");
  EXPECT_EQ(code(act(auditor, ref, "open")), "");
}

TEST_F(Retention, NoLetterFindsItsWayToAPurgedCase) {
  auto one = sorted(1), later = sorted(2);
  one.keys =
      later.keys = {{"member", letter::PersonalText("40718822")}, {"file", letter::PersonalText("S123456")}};
  const auto ref = answered(one);
  years_later(5);
  walk(ops, "purge");
  EXPECT_EQ(verbs(file(later)), (std::vector<std::string>{"filed"}));
}

TEST_F(Retention, AGelStopsThePurgeUntilItIsLifted) {
  const auto ref = answered(sorted(1));
  years_later(5);
  EXPECT_EQ(code(act(auditor, ref, "freeze", {{"reason", "contentieux"}})), "");
  EXPECT_EQ(standing(ref), "frozen");
  walk(ops, "purge");
  EXPECT_EQ(case_at(ref).complainant.reveal(), "DUPONT MARIE");
  EXPECT_EQ(code(act(auditor, ref, "thaw", {{"reason", "jugement"}})), "");
  walk(ops, "purge");
  EXPECT_TRUE(case_at(ref).purged_on);
}

TEST_F(Retention, AGelNeedsAReasonAndIsAnEvent) {
  const auto ref = file(sorted(1));
  EXPECT_EQ(code(act(auditor, ref, "freeze")), "desk.reason_required");
  act(auditor, ref, "freeze", {{"reason", "contentieux"}});
  EXPECT_EQ(code(act(auditor, ref, "freeze", {{"reason", "encore"}})), "desk.no_change");
  act(auditor, ref, "thaw", {{"reason", "fini"}});
  EXPECT_EQ(verbs(ref), (std::vector<std::string>{"filed", "frozen", "thawed"}));
}

TEST_F(Retention, WhoPurgesCannotLiftAGelAndWhoGelsCannotPurge) {
  const auto ref = file(sorted(1));
  for (const auto* asker : {&ops, &everyone, &medical, &incapacity}) {
    EXPECT_EQ(code(act(*asker, ref, "freeze", {{"reason", "x"}})), "desk.not_allowed");
    EXPECT_EQ(code(act(*asker, ref, "thaw", {{"reason", "x"}})), "desk.not_allowed");
  }
  for (const auto* asker : {&auditor, &everyone, &medical, &incapacity})
    EXPECT_EQ(code(act(*asker, "", "purge")), "desk.not_allowed");
}

TEST_F(Retention, AGelFollowsTheLettersIntoTheCaseThatTakesThemOver) {
  const auto first = file(sorted(1)), second = file(sorted(2));
  act(auditor, second, "freeze", {{"reason", "contentieux"}});
  claim(everyone, second);
  act(everyone, second, "join", {{"into", first}});
  EXPECT_TRUE(case_at(first).frozen);
}

TEST_F(Retention, AJoinedCaseGoesWithTheOneThatTookItOver) {
  const auto first = file(sorted(1)), second = file(sorted(2));
  claim(everyone, second);
  act(everyone, second, "join", {{"into", first}});
  years_later(5);
  EXPECT_EQ(standing(second), "");
  claim(everyone, first);
  act(everyone, first, "open");
  EXPECT_EQ(code(act(everyone, first, "answer")), "");
  years_later(11);
  EXPECT_EQ(walk(ops, "purge").size(), 2u);
  EXPECT_EQ(case_at(second).complainant.reveal(), "");
}

TEST_F(Retention, ACaseThatIsWithTheMediatorStays) {
  const auto ref = answered(sorted(1));
  auto referral = sorted(2, Queue::mediation);
  referral.keys = {{"reference", letter::PersonalText(ref)}};
  const auto mediated = file(referral);
  years_later(5);
  EXPECT_EQ(standing(ref), "followed");
  claim(everyone, mediated);
  act(everyone, mediated, "answer");
  EXPECT_EQ(standing(ref), "due");
}

TEST_F(Retention, AMedicalCaseThatGoesOnStaysToo) {
  const auto first = file(sorted(1, Queue::dossiers_medicaux));
  claim(medical, first);
  act(medical, first, "answer");
  auto referral = sorted(2, Queue::mediation);
  referral.keys = {{"reference", letter::PersonalText(first)}};
  file(referral);
  years_later(5);
  EXPECT_EQ(standing(first), "followed");
}

TEST_F(Retention, PagesOfCasesAreWalkedOneAfterTheOther) {
  for (std::uint32_t i = 1; i <= 3; ++i) answered(sorted(i));
  years_later(5);
  std::size_t found = 0;
  made::Args args{{"limit", "2"}};
  for (;;) {
    const auto answer = act(ops, "", "retention", args);
    found += answer.entries.size();
    const auto next = answer.facts.find("next");
    if (next == answer.facts.end()) break;
    args["after"] = next->second;
  }
  EXPECT_EQ(found, 3u);
}

}  // namespace
