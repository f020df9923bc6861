// When a person is asked, and why.
#include <gtest/gtest.h>

#include "classify/complaint.hpp"
#include "classify/review.hpp"
#include "classify/triage.hpp"
#include "tests/classify/letters.hpp"

namespace {

using letters::form;
using letters::free_letter;
using letters::has_reason;
using letters::sorted;

const std::string clear_text =
    "Ma mutuelle n'a pas remboursé mes lunettes ni mes soins dentaires malgré deux relances. Je conteste ce "
    "refus de "
    "remboursement de ma complémentaire santé.";

TEST(Review, AClearLetterAsksNobody) {
  const auto out = sorted(form(clear_text, {"OBJ_SANTE"}));
  EXPECT_TRUE(out.reasons.empty()) << out.reasons.front().code;
  EXPECT_FALSE(out.needs_review);
}

TEST(Review, AThresholdOfOneAsksForEveryLetter) {
  const auto out = classify::sort(free_letter(clear_text), letters::triage(), {1.01, {}});
  EXPECT_TRUE(has_reason(out, "sort.unsure"));
}

TEST(Review, AFormWithNoTickAndAVagueTextIsAsked) {
  EXPECT_TRUE(has_reason(sorted(form("Je conteste.", {})), "sort.no_tick"));
}

TEST(Review, AFormWithTwoTicksAndAVagueTextIsAsked) {
  EXPECT_TRUE(has_reason(sorted(form("Je conteste.", {"OBJ_SANTE", "OBJ_MEDICAL"})), "sort.several_ticks"));
}

// Whether a tick for a death is asked about, where the words speak of health and the answer is this sure.
bool asked_about_the_tick(double confidence) {
  classify::Grounds grounds;
  grounds.words_subject = letter::Queue::frais_sante;
  grounds.words_subject_sure = 0.8;
  letter::SortedLetter out;
  out.read = form(clear_text, {"OBJ_DECES_RENTE_DEP"});
  out.confidence = confidence;
  out.reasons = classify::review_reasons(out, grounds, classify::words_of(clear_text),
                                         letters::triage().impl().knowledge.rules, 0);
  return has_reason(out, "sort.tick_against_text");
}

TEST(Review, ATickAgainstTheTextIsAskedWhileTheAnswerIsUnsure) { EXPECT_TRUE(asked_about_the_tick(0.85)); }

TEST(Review, ATickAgainstAClearTextIsOverruled) { EXPECT_FALSE(asked_about_the_tick(0.95)); }

TEST(Review, ALetterReadBadlyIsAsked) {
  auto read = free_letter(clear_text);
  read.lines[0].confidence = 0.4;
  EXPECT_TRUE(has_reason(sorted(read), "sort.poor_reading"));
}

TEST(Review, HandwritingReadBadlyIsAskedAsHandwriting) {
  auto read = free_letter(clear_text);
  read.lines[0].confidence = 0.4;
  read.lines[0].how = letter::How::hand;
  EXPECT_TRUE(has_reason(sorted(read), "sort.hand_unread"));
}

TEST(Review, PrintedLinesDoNotCountAsReading) {
  auto read = free_letter(clear_text);
  letter::Line printed;
  printed.text = letter::PersonalText("Formulaire de réclamation");
  printed.own_words = false;
  printed.confidence = 0;
  read.lines.push_back(printed);
  EXPECT_FALSE(has_reason(sorted(read), "sort.poor_reading"));
}

TEST(Review, ADamagedPageIsAsked) {
  auto read = free_letter(clear_text);
  read.letter.pages[0].damaged = true;
  EXPECT_TRUE(has_reason(sorted(read), "sort.page_damaged"));
}

TEST(Review, BlankPagesAreAsked) {
  auto read = free_letter("");
  read.letter.pages[0].blank = true;
  EXPECT_TRUE(has_reason(sorted(read), "sort.pages_blank"));
}

TEST(Review, ALetterWithoutAWordIsAsked) { EXPECT_TRUE(has_reason(sorted(""), "sort.nothing_read")); }

TEST(Review, AnnouncedMedicalPapersAreAsked) {
  EXPECT_TRUE(has_reason(sorted(form(clear_text, {"OBJ_SANTE", "PJ_MEDICAL"})), "sort.medical_papers"));
}

TEST(Review, MedicalContentInAnOrdinaryLetterIsAsked) {
  EXPECT_TRUE(has_reason(sorted(clear_text + " Compte rendu opératoire : ablation de la vésicule."),
                         "sort.medical_content"));
}

TEST(Review, ASealedEnvelopeGoesToTheMedicalServiceUnread) {
  auto read = free_letter("");
  read.letter.sealed = true;
  const auto out = sorted(read);
  EXPECT_EQ(out.queue, letter::Queue::dossiers_medicaux);
  EXPECT_TRUE(has_reason(out, "sort.sealed"));
  EXPECT_TRUE(out.is_complaint);
}

TEST(Review, ReasonsCarryNoWordOfTheLetter) {
  for (const auto& reason : sorted(form("Zébulon Tartempion", {"OBJ_SANTE"})).reasons) {
    EXPECT_EQ(reason.fr.find("Tartempion"), std::string::npos) << reason.code;
  }
}

TEST(Complaint, WithoutAWordReadTheClockRuns) { EXPECT_TRUE(sorted("").is_complaint); }

TEST(Complaint, WhatIsMostLikelyARequestButNotSurelyOneIsAskedAndItsClockRuns) {
  const auto view = classify::complaint_view(0.8, true, 0);
  EXPECT_TRUE(view.is_complaint);
  EXPECT_TRUE(view.unsure);
}

TEST(Complaint, WhatIsMostLikelyAComplaintIsNotAskedForThat) {
  EXPECT_FALSE(classify::complaint_view(0.2, false, 0).unsure);
}

TEST(Complaint, SignsOfDiscontentAskForASurerRequest) {
  EXPECT_FALSE(classify::complaint_view(0.95, true, 0).is_complaint);
  EXPECT_TRUE(classify::complaint_view(0.95, true, 3).is_complaint);
}

TEST(Complaint, AnAngryWordInARequestLetsTheClockRunOrAsksAPerson) {
  const auto out =
      sorted("Pourriez-vous m'envoyer une attestation ? J'attends depuis des mois, c'est inadmissible.");
  EXPECT_TRUE(out.is_complaint);
}

TEST(Review, WhatTheReaderNotedOfTheWholeLetterIsAsked) {
  auto read = form(clear_text, {"OBJ_SANTE"});
  read.notes.push_back({"letter.second_form", "fr", "en"});
  const auto out = sorted(read);
  EXPECT_TRUE(has_reason(out, "letter.second_form"));
  EXPECT_TRUE(out.needs_review);
}

TEST(Review, WhatTheStationNotedIsAskedToo) {
  auto read = form(clear_text, {"OBJ_SANTE"});
  read.letter.notes.push_back({"separator.doubtful", "fr", "en"});
  EXPECT_TRUE(sorted(read).needs_review);
}

}  // namespace
