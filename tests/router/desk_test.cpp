#include "router/desk.hpp"

#include <fstream>

#include "router/pages.hpp"
#include "router/refusals.hpp"
#include "tests/router/desk_fixture.hpp"

namespace {

using letter::Queue;
using letter::State;
using made::on;
using made::sorted;
using made::written_on;
using std::chrono::minutes;
using std::chrono::seconds;

using Desk = made::DeskTest;

TEST_F(Desk, RepeatsTheNameOfTheRequest) { EXPECT_EQ(act(everyone, "", "list").request, "r1"); }

TEST_F(Desk, RefusesAVerbThatDoesNotExist) {
  EXPECT_EQ(code(act(everyone, "", "burn")), "desk.unknown_verb");
}

TEST_F(Desk, RefusesARequestWithoutAName) {
  store.transact([&](router::Transaction& in) {
    EXPECT_EQ(router::run_errand({"", "list", "", "", 0, {}}, everyone, in, {rules, now}).reason->code,
              "desk.bad_request");
  });
}

TEST_F(Desk, RefusesAReferenceWithAWrongKey) {
  file(sorted(1));
  EXPECT_EQ(code(act(everyone, "2026-0000001-00", "open")), "desk.no_such_case");
}

TEST_F(Desk, RefusesAReferenceThatIsUnknown) {
  EXPECT_EQ(code(act(everyone, letter::text(letter::CaseRef{2026, 5}), "open")), "desk.no_such_case");
}

TEST_F(Desk, ListsTheNearestPostByFirst) {
  const auto later = file(written_on(1, "2026-11-20")), sooner = file(written_on(2, "2026-11-12"));
  const auto rows = act(everyone, "", "list").rows;
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].ref, sooner);
  EXPECT_EQ(rows[1].ref, later);
}

TEST_F(Desk, ListsNoMoreThanAskedFor) {
  for (std::uint32_t number = 1; number <= 3; ++number) file(sorted(number));
  EXPECT_EQ(act(everyone, "", "list", {{"limit", "2"}}).rows.size(), 2u);
}

TEST_F(Desk, RefusesALimitThatIsNoNumber) {
  EXPECT_EQ(code(act(everyone, "", "list", {{"limit", "beaucoup"}})), "desk.bad_argument");
}

TEST_F(Desk, GivesTheNextFreeCase) {
  const auto first = file(written_on(1, "2026-11-12")), second = file(written_on(2, "2026-11-20"));
  claim(everyone, first);
  EXPECT_EQ(act(everyone, "", "next").rows.at(0).ref, second);
}

TEST_F(Desk, HasNoNextCaseWhenThereIsNothingToDo) { EXPECT_TRUE(act(everyone, "", "next").rows.empty()); }

TEST_F(Desk, OpensACaseWithItsLettersAndHistory) {
  const auto ref = file(sorted(1));
  const auto answer = act(everyone, ref, "open");
  ASSERT_TRUE(answer.file);
  EXPECT_EQ(answer.file->letters, std::vector{sorted(1)});
  EXPECT_EQ(answer.file->history.size(), 2u);
}

TEST_F(Desk, CountsWhereTheRegisterStands) {
  file(written_on(1, "2026-11-09"));  // to be acknowledged by 20 November at the latest
  file(sorted(2, Queue::entreprise));
  const auto facts = act(ops, "", "status").facts;
  EXPECT_EQ(facts.at("open"), "2");
  EXPECT_EQ(facts.at("late"), "1");
  EXPECT_EQ(facts.at("late.incapacite_invalidite"), "1");
  EXPECT_EQ(facts.at("open.entreprise"), "1");
  EXPECT_EQ(facts.at("cases"), "2");
  EXPECT_EQ(facts.at("filed_today"), "2");
}

TEST_F(Desk, ForgetsYesterdayAtMidnightInParis) {
  now = made::at("2026-11-22T22:30:00.000Z");
  file(sorted(1));
  now = made::at("2026-11-22T23:30:00.000Z");
  file(sorted(2));
  EXPECT_EQ(act(ops, "", "status").facts.at("filed_today"), "1");
}

// Claims and their fencing numbers.

TEST_F(Desk, ClaimsACaseForTheTimeOfTheLease) {
  const auto row = claim(everyone, file(sorted(1))).rows.at(0);
  EXPECT_EQ(row.claimed_by, "desk:tous");
  EXPECT_EQ(row.lease_until, now + rules.lease);
}

TEST_F(Desk, RefusesACaseThatAnotherHolds) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  EXPECT_EQ(code(claim(incapacity, ref)), "desk.claimed");
}

TEST_F(Desk, RefusesACaseThatTheSameDeskHoldsElsewhere) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  EXPECT_EQ(code(claim(everyone, ref)), "desk.claimed");
}

TEST_F(Desk, MayTakeBackItsOwnClaim) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  const auto before = fencing;
  EXPECT_EQ(code(claim(everyone, ref, {{"again", "yes"}})), "");
  EXPECT_GT(fencing, before);
}

TEST_F(Desk, MayNotTakeBackTheClaimOfAnother) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  EXPECT_EQ(code(claim(incapacity, ref, {{"again", "yes"}})), "desk.claimed");
}

TEST_F(Desk, GivesALaterClaimAHigherNumber) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  const auto first = fencing;
  now += rules.lease;
  claim(incapacity, ref);
  EXPECT_GT(fencing, first);
}

TEST_F(Desk, RefusesAChangeUnderAnOlderNumber) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  const auto older = fencing;
  now += rules.lease;
  claim(everyone, ref);
  fencing = older;
  EXPECT_EQ(code(act(everyone, ref, "acknowledge")), "desk.stale");
}

TEST_F(Desk, RefusesAChangeAfterTheLeaseRanOut) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  now += rules.lease;
  EXPECT_EQ(code(act(everyone, ref, "acknowledge")), "desk.stale");
}

TEST_F(Desk, RefusesAChangeWithoutAClaim) {
  EXPECT_EQ(code(act(everyone, file(sorted(1)), "acknowledge")), "desk.stale");
}

TEST_F(Desk, RefusesAChangeUnderTheNumberOfAnotherDesk) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  EXPECT_EQ(code(act(incapacity, ref, "acknowledge")), "desk.stale");
}

TEST_F(Desk, HoldsOnByRenewing) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  now += rules.lease - seconds{1};
  act(everyone, ref, "renew");
  now += minutes{10};
  EXPECT_EQ(code(act(everyone, ref, "acknowledge")), "");
}

TEST_F(Desk, RefusesToRenewWhatRanOut) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  now += rules.lease;
  EXPECT_EQ(code(act(everyone, ref, "renew")), "desk.stale");
}

TEST_F(Desk, FreesACaseByReleasingIt) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  act(everyone, ref, "release");
  EXPECT_EQ(code(claim(incapacity, ref)), "");
}

TEST_F(Desk, ShowsALeaseThatRanOutAsNone) {
  const auto ref = file(sorted(1));
  claim(everyone, ref);
  now += rules.lease;
  EXPECT_EQ(act(everyone, "", "list").rows.at(0).claimed_by, "");
}

TEST(Refusals, AllStandInTheDocument) {
  std::ifstream document(VAGUEMESTRE_SOURCE_DIR "/docs/wire.md");
  const std::string text((std::istreambuf_iterator<char>(document)), {});
  for (int i = 0; i <= static_cast<int>(router::Refusal::page_unreadable); ++i) {
    const letter::Reason why = router::reason(static_cast<router::Refusal>(i));
    EXPECT_NE(text.find("`" + why.code + "`"), std::string::npos) << why.code;
    EXPECT_FALSE(why.fr.empty() || why.en.empty()) << why.code;
  }
}

// Pages.

struct Pages : made::DeskTest {
  letter::Result<router::PagesPlan> plan(const std::string& ref, made::Args args) {
    letter::Errand errand;
    errand.request = "r1";
    errand.verb = "pages";
    errand.ref = ref;
    errand.args = std::move(args);
    letter::Result<router::PagesPlan> found;
    store.transact([&](router::Transaction& in) {
      found = router::plan_pages(errand, everyone, in, {rules, now});
    });
    return found;
  }
  static letter::SortedLetter of_pages(std::uint32_t pages) {
    letter::SortedLetter value = sorted(1);
    value.read.letter.masters[0].pages = pages;
    value.read.letter.pages.resize(pages);
    for (std::uint32_t index = 0; index < pages; ++index) value.read.letter.pages[index].index = index;
    return value;
  }
};

TEST_F(Pages, AreOneWholePdfWhenTheyLieAlike) {
  EXPECT_EQ(plan(file(of_pages(3)), {{"as", "pdf"}})->views, std::vector{router::View{}});
}

TEST_F(Pages, AreOnePdfEachWhenOneLiesOtherwise) {
  auto mail = of_pages(2);
  mail.read.letter.pages[1].turn_deg = 180;
  EXPECT_EQ(plan(file(mail), {{"as", "pdf"}})->views,
            (std::vector{router::View{0, 0, 0, 0}, router::View{0, 1, 180, 0}}));
}

TEST_F(Pages, AreTheFirstAsPngUnlessAnotherIsAskedFor) {
  EXPECT_EQ(plan(file(of_pages(3)), {{"as", "png"}})->views, (std::vector{router::View{0, 0, 0, 0}}));
}

TEST_F(Pages, AreCountedFromOne) {
  EXPECT_EQ(plan(file(of_pages(3)), {{"as", "png"}, {"page", "3"}})->views,
            (std::vector{router::View{0, 2, 0, 0}}));
}

TEST_F(Pages, AreStraightenedOnlyWhenTheSkewIsSure) {
  auto mail = of_pages(2);
  for (auto& page : mail.read.letter.pages) page.skew_deg = 1.5;
  mail.read.letter.pages[0].skew_confidence = 0.95;
  const auto ref = file(mail);
  EXPECT_EQ(plan(ref, {{"as", "png"}, {"page", "1"}})->views.at(0).skew_deg, 1.5);
  EXPECT_EQ(plan(ref, {{"as", "png"}, {"page", "2"}})->views.at(0).skew_deg, 0);
}

TEST_F(Pages, StayAsScannedWhenThereWouldBeTooManyFrames) {
  auto mail = of_pages(20);
  mail.read.letter.pages[7].turn_deg = 180;
  const auto found = plan(file(mail), {{"as", "pdf"}});
  EXPECT_EQ(found->views, std::vector{router::View{}});
  EXPECT_EQ(found->facts.at("as_scanned"), "yes");
}

TEST_F(Pages, ThatDoNotExistAreRefused) {
  EXPECT_EQ(plan(file(of_pages(2)), {{"as", "png"}, {"page", "3"}}).error().code, "desk.no_such_page");
}

TEST_F(Pages, OfAnotherLetterAreRefused) {
  EXPECT_EQ(plan(file(sorted(1)), {{"as", "png"}, {"letter", "LYON1-0000009"}}).error().code,
            "desk.no_such_letter");
}

TEST_F(Pages, OfAMedicalCaseAreSecret) {
  EXPECT_EQ(plan(file(sorted(1, Queue::dossiers_medicaux)), {{"as", "png"}}).error().code, "desk.secret");
}

TEST_F(Pages, AreInTheHistoryAsOpened) {
  const auto ref = file(sorted(1));
  ASSERT_TRUE(plan(ref, {{"as", "png"}}));
  EXPECT_EQ(verbs(ref).back(), "opened");
}

}  // namespace
