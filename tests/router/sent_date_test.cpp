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

using letter::Fate;
using letter::Source;

// Arrived on Monday 23 November; three jours ouvrables before is the 19th.
letter::SortedLetter keyed(const letter::Envelope& envelope) {
  auto value = sorted(1);
  value.read.letter.envelope = envelope;
  return value;
}

letter::SortedLetter postmark_seen(const char* day, letter::Confidence confidence) {
  auto value = sorted(1);
  value.read.seen_dates = {{on(day), SentBasis::postmark, confidence, 0, {0.8, 0.1, 0.1, 0.1}}};
  return value;
}

std::vector<Fate> fates(const letter::SortedLetter& value) {
  std::vector<Fate> all;
  for (const auto& one : router::sent_candidates(value.read, {})) all.push_back(one.fate);
  return all;
}

letter::SentOn sent(const letter::SortedLetter& value) { return router::sent_on(value.read, {}); }

TEST_F(SentDate, EveryCandidateIsKeptWithItsPlace) {
  auto value = written_on(1, "2026-11-20");
  value.read.letter_date_page = 0;
  value.read.letter_date_box = {0.5, 0.1, 0.2, 0.02};
  const auto all = router::sent_candidates(value.read, {});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0], (letter::SentCandidate{"LYON1-0000001",
                                           on("2026-11-20"),
                                           SentBasis::written,
                                           Source::read,
                                           0.6,
                                           0,
                                           {0.5, 0.1, 0.2, 0.02},
                                           Fate::kept}));
  EXPECT_EQ(all[1].basis, SentBasis::arrival_minus_3);
}

TEST_F(SentDate, ADepositOutranksThePostmarkAndThatWhatIsWritten) {
  auto value = keyed({on("2026-11-17"), on("2026-11-18"), {}, ""});
  value.read.letter_date = on("2026-11-12");
  EXPECT_EQ(sent(value), (letter::SentOn{on("2026-11-17"), SentBasis::lrar_deposit, false}));
  EXPECT_EQ(fates(value), (std::vector{Fate::kept, Fate::outranked, Fate::outranked, Fate::outranked}));
}

TEST_F(SentDate, APostmarkOutranksAnEarlierFranking) {
  EXPECT_EQ(sent(keyed({{}, on("2026-11-18"), on("2026-11-17"), ""})),
            (letter::SentOn{on("2026-11-18"), SentBasis::postmark, false}));
}

TEST_F(SentDate, ADateThatSomebodyKeyedOutranksWhatIsReckoned) {
  EXPECT_EQ(filed(keyed({{}, {}, on("2026-11-18"), ""})).deadlines->answer_due, on("2027-01-18"));
}

TEST_F(SentDate, ALetterDatedAfterItsPostmarkIsFlagged) {
  auto value = written_on(1, "2026-11-20");
  value.read.letter.envelope.postmark = on("2026-11-18");
  EXPECT_EQ(sent(value), (letter::SentOn{on("2026-11-18"), SentBasis::postmark, true}));
}

TEST_F(SentDate, APostmarkBeforeTheDepositIsFlagged) {
  EXPECT_TRUE(sent(keyed({on("2026-11-18"), on("2026-11-17"), {}, ""})).conflict);
}

TEST_F(SentDate, APostmarkReadForSureDecides) {
  EXPECT_EQ(sent(postmark_seen("2026-11-18", 0.95)),
            (letter::SentOn{on("2026-11-18"), SentBasis::postmark, false}));
}

TEST_F(SentDate, APostmarkReadInDoubtDecidesNothingAndIsFlagged) {
  EXPECT_EQ(sent(postmark_seen("2026-11-18", 0.89)),
            (letter::SentOn{on("2026-11-19"), SentBasis::arrival_minus_3, true}));
  EXPECT_EQ(fates(postmark_seen("2026-11-18", 0.89)), (std::vector{Fate::unsure, Fate::kept}));
}

TEST_F(SentDate, ADoubtfulReadingSaysNothingAgainstWhoHeldTheEnvelope) {
  auto value = postmark_seen("2026-11-16", 0.5);
  value.read.letter.envelope.postmark = on("2026-11-18");
  EXPECT_EQ(sent(value), (letter::SentOn{on("2026-11-18"), SentBasis::postmark, false}));
}

TEST_F(SentDate, OfTwoPostmarksTheEarlierCountsAndIsFlagged) {
  auto value = postmark_seen("2026-11-16", 0.95);
  value.read.letter.envelope.postmark = on("2026-11-18");
  EXPECT_EQ(sent(value), (letter::SentOn{on("2026-11-16"), SentBasis::postmark, true}));
  EXPECT_EQ(fates(value), (std::vector{Fate::kept, Fate::later, Fate::outranked}));
}

TEST_F(SentDate, APostmarkOfTomorrowIsNotBelieved) {
  EXPECT_EQ(fates(postmark_seen("2026-11-24", 1)), (std::vector{Fate::after_arrival, Fate::kept}));
}

TEST_F(SentDate, APostmarkOfAnotherSeasonIsNotBelieved) {
  EXPECT_EQ(fates(postmark_seen("2026-09-23", 1)), (std::vector{Fate::too_old, Fate::kept}));
}

letter::SortedLetter doubtfully_written_on(const char* day) {
  auto value = written_on(1, day);
  value.read.fields.back().verdict = letter::Verdict::to_confirm;
  return value;
}

letter::SortedLetter free_letter_of(const char* day, letter::Confidence confidence) {
  auto value = sorted(1);
  value.read.form.clear();
  value.read.letter_date = on(day);
  value.read.fields = {made::text_field("DATE", day)};
  value.read.fields.back().confidence = confidence;
  return value;
}

TEST_F(SentDate, AFormsDateThatAPersonMustConfirmIsFlagged) {
  EXPECT_EQ(sent(doubtfully_written_on("2026-11-18")),
            (letter::SentOn{on("2026-11-18"), SentBasis::written, true}));
  EXPECT_TRUE(router::sent_candidates(doubtfully_written_on("2026-11-18").read, {}).at(0).in_doubt);
}

TEST_F(SentDate, AFormsDateReadInDoubtNeverMakesTheClockStartLater) {
  const auto value = doubtfully_written_on("2026-11-21");  // reckoned: the 19th
  EXPECT_EQ(sent(value), (letter::SentOn{on("2026-11-19"), SentBasis::arrival_minus_3, true}));
  EXPECT_EQ(fates(value), (std::vector{Fate::unsure, Fate::kept}));
}

TEST_F(SentDate, ABoxForTheDateThatCouldNotBeReadIsFlagged) {
  auto value = sorted(1);
  value.read.fields.back().text = letter::PersonalText("4?112026");
  EXPECT_EQ(sent(value), (letter::SentOn{on("2026-11-19"), SentBasis::arrival_minus_3, true}));
  value.read.fields.back() = made::text_field("FAIT_LE", "");
  EXPECT_FALSE(sent(value).conflict);
  value.read.fields.back().verdict = letter::Verdict::unread;
  EXPECT_TRUE(sent(value).conflict);
}

TEST_F(SentDate, ADateReadInDoubtLeavesAPostmarkAlone) {
  auto value = doubtfully_written_on("2026-11-21");
  value.read.letter.envelope.postmark = on("2026-11-20");
  EXPECT_EQ(sent(value), (letter::SentOn{on("2026-11-20"), SentBasis::postmark, false}));
}

TEST_F(SentDate, AFreeLettersDateIsFlaggedBelowTheShareOfAnEnvelopes) {
  EXPECT_FALSE(sent(free_letter_of("2026-11-20", 0.9)).conflict);
  EXPECT_TRUE(sent(free_letter_of("2026-11-18", 0.89)).conflict);
}

TEST_F(SentDate, ADateThatNoFieldTellsOfIsFlagged) {
  auto value = free_letter_of("2026-11-18", 1);
  value.read.fields.clear();
  EXPECT_TRUE(sent(value).conflict);
}

TEST_F(SentDate, ADeskConfirmsADateReadInDoubt) {
  const auto ref = file(doubtfully_written_on("2026-11-18"));
  claim(everyone, ref);
  act(everyone, ref, "correct", {{"sent_on", "2026-11-18"}, {"basis", "written"}, {"reason", "relu"}});
  EXPECT_EQ(case_at(ref).sent_on, (letter::SentOn{on("2026-11-18"), SentBasis::written, false}));
}

TEST_F(SentDate, WhatWasKeyedStandsInTheHistory) {
  const auto ref = file(keyed({on("2026-11-17"), {}, {}, ""}));
  const auto opened = act(everyone, ref, "open");
  EXPECT_EQ(opened.file->history.at(0).what.at("keyed.deposit"), "2026-11-17");
}

TEST_F(SentDate, AnOpenedCaseShowsWhatSpeaksForItsDate) {
  const auto ref = file(keyed({on("2026-11-17"), {}, {}, ""}));
  const auto opened = act(everyone, ref, "open");
  ASSERT_EQ(opened.file->sent_candidates.size(), 2u);
  EXPECT_EQ(opened.file->sent_candidates[0].source, Source::keyed);
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
