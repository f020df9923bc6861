// Letters printed together: one that may not leave stops no other.
#include "cli/letters_out.hpp"

#include <gtest/gtest.h>

#include "tests/vault/temp_folder.hpp"

namespace {

letter::Day on(const char* iso) { return letter::parse_day(iso).value(); }

letter::CaseRow row(const char* ref, const char* post_by = "2027-01-20") {
  letter::CaseRow made;
  made.ref = ref;
  made.queue = "entreprise";
  made.state = letter::State::acknowledged;
  made.answer_told = on("2027-02-15");
  made.sent_on = {on("2026-11-20"), letter::SentBasis::postmark, false};
  letter::Deadlines due;
  due.ack_due = due.ack_post_by = on("2026-12-02");
  due.answer_due = due.answer_post_by = on(post_by);
  due.mediation_open = on("2027-01-20");
  due.mediation_last = on("2027-11-20");
  made.deadlines = due;
  return made;
}

struct LettersTogether : testing::Test {
  vault::TempFolder temp;
  cli::Printing printing{VAGUEMESTRE_MODELS_DIR "/letters", temp.path / "out", on("2026-11-23")};
  int opened = 0;

  // The case of the first reference tells why it is late in words of health.
  letter::Result<letter::CaseFile> open(const std::string& ref) {
    ++opened;
    letter::CaseFile file;
    file.row = row(ref.c_str());
    file.letters.resize(1);
    letter::Event held;
    held.verb = "held_up";
    held.what["circumstances"] = ref == "2026-0000001-59" ? "votre cancer" : "une pièce manque";
    file.history = {held};
    return file;
  }
  letter::Result<void> print(std::vector<cli::Owed>& all) {
    return cli::print_all(
        all, [this](const std::string& ref) { return open(ref); }, printing);
  }
};

TEST_F(LettersTogether, OneThatSpeaksOfHealthIsNamedAndTheOthersLeave) {
  auto all = cli::owed({row("2026-0000001-59"), row("2026-0000002-58")}, std::nullopt);
  ASSERT_TRUE(print(all));
  EXPECT_EQ(all.at(0).refused.value().code, "post.health_word");
  EXPECT_EQ(all.at(0).file, "");
  EXPECT_FALSE(all.at(1).refused) << all.at(1).refused->code;
  EXPECT_TRUE(std::filesystem::exists(printing.out / "2026-0000002-58-holding.pdf"));
  EXPECT_FALSE(std::filesystem::exists(printing.out / "2026-0000001-59-holding.pdf"));
}

TEST_F(LettersTogether, WhatWaitsForALookIsNotEvenOpened) {
  auto waiting = row("2026-0000002-58");
  waiting.sent_on.conflict = true;
  auto all = cli::owed({waiting}, std::nullopt);
  ASSERT_TRUE(print(all));
  EXPECT_EQ(opened, 0);
  EXPECT_EQ(all.at(0).file, "");
}

TEST_F(LettersTogether, ANoticeOfRedirectionLeavesByTheDayOfTheAcknowledgement) {
  auto moved = row("2026-0000002-58");
  moved.queue = "frais_sante";
  auto all = cli::owed({moved}, on("2026-12-02"));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all.at(0).kind, letter::Outgoing::redirection);
  ASSERT_TRUE(print(all));
  EXPECT_TRUE(std::filesystem::exists(printing.out / "2026-0000002-58-redirection.pdf"));
}

TEST_F(LettersTogether, TheMostUrgentComesFirst) {
  const auto all = cli::owed({row("2026-0000001-59"), row("2026-0000002-58", "2026-12-20")}, std::nullopt);
  EXPECT_EQ(all.at(0).row.ref, "2026-0000002-58");
}

TEST_F(LettersTogether, TodayIsWhatMustLeaveTodayAtTheLatest) {
  const auto all =
      cli::owed({row("2026-0000001-59"), row("2026-0000002-58", "2026-12-20")}, on("2026-12-20"));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all.at(0).row.ref, "2026-0000002-58");
}

}  // namespace
