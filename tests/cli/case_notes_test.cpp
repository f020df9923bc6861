// What a desk is told of a case.
#include "cli/case_notes.hpp"

#include <gtest/gtest.h>

#include "tests/cli/stage.hpp"

namespace {

letter::Day on(const char* iso) { return letter::parse_day(iso).value(); }

letter::CaseRow row_of(const char* queue, letter::PostBox box) {
  letter::CaseRow row;
  row.ref = "2026-0000001-59";
  row.queue = queue;
  row.box = box;
  row.received_at = letter::parse_instant("2026-11-23T08:15:00.000Z").value();
  row.sent_on = {on("2026-11-20"), letter::SentBasis::written, false};
  letter::Deadlines due;
  due.ack_due = due.ack_post_by = on("2026-12-02");
  due.answer_due = due.answer_post_by = on("2027-01-20");
  due.mediation_open = on("2027-01-20");
  due.mediation_last = on("2027-11-20");
  row.deadlines = due;
  return row;
}

bool says(const std::string& text, const char* what) { return text.find(what) != std::string::npos; }

TEST(CaseNotes, TheRightBoxIsNotSpokenOf) {
  Stage stage;
  EXPECT_EQ(cli::box_text(row_of("entreprise", letter::PostBox::tsa_90200), stage.front), "");
}

TEST(CaseNotes, TheWrongBoxIsToldWithTheRightAddressAndTheClock) {
  Stage stage;
  const auto text = cli::box_text(row_of("deces_rente_dependance", letter::PostBox::tsa_20202), stage.front);
  EXPECT_TRUE(says(text, "TSA 20202"));
  EXPECT_TRUE(says(text, "CS 30027"));
  EXPECT_TRUE(says(text, "délai court toujours"));
}

TEST(CaseNotes, AnUnknownBoxIsNotWrong) {
  Stage stage;
  EXPECT_EQ(cli::box_text(row_of("entreprise", letter::PostBox::none), stage.front), "");
}

TEST(CaseNotes, HealthExpensesGoWithWhatTheCardWouldSay) {
  Stage stage;
  letter::CaseFile file;
  file.row = row_of("frais_sante", letter::PostBox::tsa_20202);
  letter::Field member;
  member.id = "NUM_ADHERENT";
  member.text = letter::PersonalText("40718822");
  member.verdict = letter::Verdict::accepted;
  file.letters.resize(1);
  file.letters[0].read.fields = {member};
  const auto text = cli::card_text(file, stage.front);
  EXPECT_TRUE(says(text, "centre de gestion"));
  EXPECT_TRUE(says(text, "40718822"));
}

TEST(CaseNotes, AJoinIsProposedWithItsReasonInWords) {
  Stage stage;
  letter::CaseFile file;
  file.proposals = {{"2026-0000002-58",
                     "autre",
                     letter::State::registered,
                     {on("2026-11-12"), {}, false},
                     letter::PersonalText("LEFEVRE ANAIS"),
                     "member+name_birth~",
                     true}};
  const auto text = cli::proposals_text(file, stage.front);
  EXPECT_TRUE(says(text, "2026-0000002-58"));
  EXPECT_TRUE(says(text, "numéro d'adhérent, nom et date de naissance (à une erreur de lecture près)"));
}

}  // namespace
