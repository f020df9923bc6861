// The sending date with what speaks for it, and earlier complaints that move the clock back.
#include "router/sent_date.hpp"

#include "tests/router/desk_fixture.hpp"

namespace {

using letter::SentBasis;
using letter::TickState;
using made::on;
using made::sorted;
using made::written_on;

letter::SortedLetter already(const char* day, letter::Verdict verdict = letter::Verdict::accepted) {
  auto value = written_on(1, "2026-11-20");
  for (auto& field : value.read.fields)
    if (field.id == "DEJA_OUI") field.tick = TickState::ticked;
  value.read.fields.push_back(made::text_field("DEJA_DATE", day));
  value.read.fields.back().verdict = verdict;
  return value;
}

struct SentDate : made::DeskTest {
  router::Case filed(const letter::SortedLetter& arrived) { return case_at(file(arrived)); }
};

TEST_F(SentDate, EveryCandidateIsKeptWithItsPlace) {
  auto value = written_on(1, "2026-11-20");
  value.read.letter_date_page = 0;
  value.read.letter_date_box = {0.5, 0.1, 0.2, 0.02};
  const auto all = router::sent_candidates(value.read, {});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0],
            (router::SentCandidate{on("2026-11-20"), SentBasis::written, true, 0, {0.5, 0.1, 0.2, 0.02}}));
  EXPECT_EQ(all[1].basis, SentBasis::arrival_minus_3);
}

TEST_F(SentDate, ADateThatCannotBeIsFlagged) {
  EXPECT_TRUE(filed(written_on(1, "2026-10-01")).sent_on.conflict);
}

TEST_F(SentDate, APlausibleDateIsNotFlagged) {
  EXPECT_FALSE(filed(written_on(1, "2026-11-20")).sent_on.conflict);
}

TEST_F(SentDate, AnEarlierComplaintBeganTheTwoMonths) {
  const auto value = filed(already("01102026"));
  EXPECT_EQ(value.first_complaint, on("2026-10-01"));
  EXPECT_EQ(value.deadlines->answer_due, on("2026-12-01"));
  EXPECT_EQ(value.deadlines->mediation_open, on("2026-12-01"));
}

TEST_F(SentDate, AnEarlierComplaintDoesNotHurryTheAcknowledgement) {
  EXPECT_EQ(filed(already("01102026")).deadlines->ack_due,
            filed(written_on(2, "2026-11-20")).deadlines->ack_due);
}

TEST_F(SentDate, AnEarlierComplaintThatWasReadForSureIsNotFlagged) {
  EXPECT_FALSE(filed(already("01102026")).sent_on.conflict);
}

TEST_F(SentDate, AnEarlierComplaintReadInDoubtCountsAndIsFlagged) {
  const auto value = filed(already("01102026", letter::Verdict::to_confirm));
  EXPECT_EQ(value.first_complaint, on("2026-10-01"));
  EXPECT_TRUE(value.sent_on.conflict);
}

TEST_F(SentDate, AnEarlierComplaintAfterTheLetterIsOnlyFlagged) {
  const auto value = filed(already("22112026"));
  EXPECT_FALSE(value.first_complaint);
  EXPECT_TRUE(value.sent_on.conflict);
}

TEST_F(SentDate, AnEarlierComplaintOfAnotherDecadeIsOnlyFlagged) {
  EXPECT_FALSE(filed(already("01102016")).first_complaint);
}

TEST_F(SentDate, AnEarlierComplaintWithoutADayIsFlagged) { EXPECT_TRUE(filed(already("")).sent_on.conflict); }

TEST_F(SentDate, ADeskNamesWhatProvesTheDate) {
  const auto ref = file(written_on(1, "2026-11-20"));
  claim(everyone, ref);
  act(everyone, ref, "correct",
      {{"sent_on", "2026-11-21"}, {"basis", "postmark"}, {"reason", "cachet du 21"}});
  EXPECT_EQ(case_at(ref).sent_on, (letter::SentOn{on("2026-11-21"), SentBasis::postmark, false}));
}

TEST_F(SentDate, ADeskConfirmsAnEarlierComplaint) {
  const auto ref = file(already("01102026", letter::Verdict::to_confirm));
  claim(everyone, ref);
  act(everyone, ref, "correct", {{"first_complaint", "2026-10-02"}, {"reason", "lu sur la page"}});
  EXPECT_EQ(case_at(ref).deadlines->answer_due, on("2026-12-02"));
  EXPECT_FALSE(case_at(ref).sent_on.conflict);
}

TEST_F(SentDate, ADeskTakesAnEarlierComplaintBack) {
  const auto ref = file(already("01102026"));
  claim(everyone, ref);
  act(everyone, ref, "correct", {{"first_complaint", "none"}, {"reason", "il s'agissait d'un appel"}});
  EXPECT_EQ(case_at(ref).deadlines, router::deadlines(on("2026-11-20"), {}));
}

TEST_F(SentDate, AnEarlierComplaintIsNotLaterThanTheLetter) {
  const auto ref = file(written_on(1, "2026-11-20"));
  claim(everyone, ref);
  EXPECT_EQ(code(act(everyone, ref, "correct", {{"first_complaint", "2026-11-21"}, {"reason", "x"}})),
            "desk.bad_argument");
}

TEST_F(SentDate, EveryChangeOfAClockIsAnEventWithItsRuleSet) {
  const auto ref = file(written_on(1, "2026-11-20"));
  claim(everyone, ref);
  act(everyone, ref, "correct", {{"first_complaint", "2026-10-02"}, {"reason", "x"}});
  std::string after;
  store.transact([&](router::Transaction& in) {
    for (const auto& event : in.history(made::ref(ref)))
      if (event.verb == "corrected") after = event.what.at("now.deadlines");
  });
  EXPECT_TRUE(after.ends_with("FR-2024-R-02/1")) << after;
}

TEST_F(SentDate, AJoinedLetterBringsItsEarlierComplaint) {
  const auto ref = file(written_on(1, "2026-11-20"));
  auto more = already("01102026");
  more.read.letter.id.number = 2;
  more.read.letter.joins = ref;
  file(more);
  EXPECT_EQ(case_at(ref).deadlines->answer_due, on("2026-12-01"));
}

}  // namespace
