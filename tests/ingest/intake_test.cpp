#include "ingest/intake.hpp"

#include <gtest/gtest.h>

#include "letters.hpp"
#include "tests/vault/temp_folder.hpp"
#include "vault/memory_vault.hpp"

namespace ingest {
namespace {

using letter::Receipt;
using letter::Refusal;

struct IntakeTest : testing::Test {
  vault::TempFolder temp;
  vault::MemoryVault vault;
  Spool spool{temp.path};
  IntakeLimits limits{1000, 0.05, 200};
  DiskSpace space{100'000, 100'000};
  letter::Instant now = first_instant;

  std::variant<Receipt, Refusal> take(const letter::Submission& submission,
                                      const std::string& user_id = "station:T1") {
    return take_in({{submission, user_id}}, {vault, spool, limits, space, now}).front();
  }
  std::string refusal_code(const letter::Submission& submission, const std::string& user_id = "station:T1") {
    const auto answer = take(submission, user_id);
    return std::holds_alternative<Refusal>(answer) ? std::get<Refusal>(answer).reason.code : "taken";
  }
};

TEST_F(IntakeTest, ALetterTakenInGetsAReceiptWithTheHour) {
  EXPECT_EQ(std::get<Receipt>(take(submission_of(1))), (Receipt{{"T1", 1}, now, ""}));
}

TEST_F(IntakeTest, AKeyedDateThatCannotBeIsRefusedWhateverTheStationSays) {
  auto submission = submission_of(1);
  submission.letter.envelope.postmark =
      letter::Day{std::chrono::sys_days{letter::paris_day(now)} + std::chrono::days{1}};
  EXPECT_EQ(refusal_code(submission), "envelope.future");
}

TEST_F(IntakeTest, ALetterTakenInWaitsInTheSpool) {
  take(submission_of(1));
  EXPECT_EQ(spool.unfiled().size(), 1U);
}

TEST_F(IntakeTest, ALetterTakenInRestsInTheVault) {
  take(submission_of(1));
  EXPECT_EQ(vault.get(submission_of(1).letter, 0), "a page");
}

TEST_F(IntakeTest, AKnownIdGetsItsFirstReceiptAgain) {
  const auto first = std::get<Receipt>(take(submission_of(1)));
  now += std::chrono::hours(5);
  EXPECT_EQ(std::get<Receipt>(take(submission_of(1))), first);
}

TEST_F(IntakeTest, AFiledLetterGetsItsFirstReceiptAgain) {
  const auto first = std::get<Receipt>(take(submission_of(1)));
  spool.filed({"T1", 1}, "2026-0000001-23");
  now += std::chrono::hours(5);
  EXPECT_EQ(std::get<Receipt>(take(submission_of(1))), first);
}

TEST_F(IntakeTest, AResendAfterACrashBeforeTheSpoolKeepsTheVaultsStamp) {
  auto early = letter_of(1);
  ASSERT_TRUE(vault.put(early, {"a page"}));
  now += std::chrono::hours(5);
  EXPECT_EQ(std::get<Receipt>(take(submission_of(1))).received_at, first_instant);
}

TEST_F(IntakeTest, AnotherLetterUnderAKnownIdIsNeverSwallowed) {
  take(submission_of(1));
  EXPECT_EQ(refusal_code(submission_of(1, "another page")), "intake.id_taken");
}

TEST_F(IntakeTest, TheSameScanUnderAnotherIdIsALetterOfItsOwn) {
  take(submission_of(1));
  EXPECT_EQ(std::get<Receipt>(take(submission_of(2))).same_scan_as, "T1-0000001");
  EXPECT_EQ(spool.unfiled().size(), 2U);
}

TEST_F(IntakeTest, AStationSpeaksForItselfOnly) {
  EXPECT_EQ(refusal_code(submission_of(1), "station:T2"), "intake.wrong_station");
}

TEST_F(IntakeTest, AnotherRoleIsNoStation) {
  EXPECT_EQ(refusal_code(submission_of(1), "desk:T1"), "intake.wrong_station");
}

TEST_F(IntakeTest, AWrongHashIsRefused) {
  auto submission = submission_of(1);
  submission.masters[0] = "a pagf";
  EXPECT_EQ(refusal_code(submission), "intake.hash");
}

TEST_F(IntakeTest, AWrongSizeIsRefused) {
  auto submission = submission_of(1);
  submission.masters[0] += "!";
  EXPECT_EQ(refusal_code(submission), "intake.size");
}

TEST_F(IntakeTest, AMissingMasterIsRefused) {
  auto submission = submission_of(1);
  submission.masters.clear();
  EXPECT_EQ(refusal_code(submission), "intake.count");
}

TEST_F(IntakeTest, APageLeftOutIsRefused) {
  auto submission = submission_of(1);
  submission.letter.masters[0].pages = 2;
  EXPECT_EQ(refusal_code(submission), "intake.page_list");
}

TEST_F(IntakeTest, APageListedTwiceIsRefused) {
  auto submission = submission_of(1);
  submission.letter.pages.push_back(letter::Page{});
  EXPECT_EQ(refusal_code(submission), "intake.page_list");
}

TEST_F(IntakeTest, TooManyPagesAreRefused) {
  limits.pages_a_letter = 3;
  auto submission = submission_of(1);
  submission.letter.masters[0].pages = 4;
  for (std::uint32_t i = 1; i < 4; ++i) {
    letter::Page page;
    page.index = i;
    submission.letter.pages.push_back(page);
  }
  EXPECT_EQ(refusal_code(submission), "intake.pages");
}

TEST_F(IntakeTest, UnderTheFloorTheStationKeepsItAndTriesAgain) {
  space.free_bytes = 1005;
  limits.floor_share = 0;
  const auto refusal = std::get<Refusal>(take(submission_of(1)));
  EXPECT_EQ(refusal.reason.code, "intake.no_space");
  EXPECT_TRUE(refusal.retry);
}

TEST_F(IntakeTest, TheShareOfTheDiskIsAFloorToo) {
  space.free_bytes = 5000;
  EXPECT_EQ(refusal_code(submission_of(1)), "intake.no_space");
}

TEST_F(IntakeTest, UnderTheFloorAKnownLetterStillGetsItsReceipt) {
  take(submission_of(1));
  space.free_bytes = 0;
  EXPECT_EQ(refusal_code(submission_of(1)), "taken");
}

TEST_F(IntakeTest, WithoutAWordFromThePostItArrivedToday) {
  take(submission_of(1));
  EXPECT_EQ(spool.find({"T1", 1})->arrived_on, letter::paris_day(now));
}

TEST_F(IntakeTest, ThePostsDateIsKept) {
  auto submission = submission_of(1);
  submission.letter.arrived_on = *letter::parse_day("2026-11-20");
  take(submission);
  EXPECT_EQ(letter::iso(spool.find({"T1", 1})->arrived_on), "2026-11-20");
}

TEST_F(IntakeTest, AnArrivalInTheFutureIsRefused) {
  auto submission = submission_of(1);
  submission.letter.arrived_on = *letter::parse_day("2027-11-20");
  EXPECT_EQ(refusal_code(submission), "intake.arrived_later");
}

struct IntakeOfSeveral : IntakeTest {
  std::vector<Outcome> take_all(const std::vector<letter::Submission>& submissions) {
    std::vector<Arrival> arrivals;
    for (const auto& submission : submissions) arrivals.push_back({submission, "station:T1"});
    return take_in(arrivals, {vault, spool, limits, space, now});
  }
};

TEST_F(IntakeOfSeveral, EachGetsItsOwnAnswerInTheOrderOfArrival) {
  auto bad = submission_of(2, "another");
  bad.masters[0] = "forged!";
  const auto answers = take_all({submission_of(1), bad, submission_of(3, "a third")});
  EXPECT_EQ(std::get<Receipt>(answers.at(0)).id, (letter::LetterId{"T1", 1}));
  EXPECT_EQ(std::get<Refusal>(answers.at(1)).reason.code, "intake.hash");
  EXPECT_EQ(std::get<Receipt>(answers.at(2)).id, (letter::LetterId{"T1", 3}));
}

TEST_F(IntakeOfSeveral, OneSentTwiceAtOnceIsTakenInOnce) {
  const auto answers = take_all({submission_of(1), submission_of(1)});
  EXPECT_EQ(std::get<Receipt>(answers.at(1)), std::get<Receipt>(answers.at(0)));
  EXPECT_EQ(spool.received_total(), 1U);
}

TEST_F(IntakeOfSeveral, AnotherContentUnderAnIdOfTheSameRoundIsRefused) {
  const auto answers = take_all({submission_of(1), submission_of(1, "another")});
  EXPECT_EQ(std::get<Refusal>(answers.at(1)).reason.code, "intake.id_taken");
}

TEST_F(IntakeOfSeveral, TheSameScanTwiceInARoundIsMarked) {
  const auto answers = take_all({submission_of(1), submission_of(2)});
  EXPECT_EQ(std::get<Receipt>(answers.at(1)).same_scan_as, "T1-0000001");
}

TEST_F(IntakeOfSeveral, TheFloorHoldsForAllOfThemTogether) {
  limits.floor_share = 0;
  space.free_bytes = limits.floor_bytes + submission_of(1).masters[0].size();
  const auto answers = take_all({submission_of(1), submission_of(2)});
  EXPECT_TRUE(std::holds_alternative<Receipt>(answers.at(0)));
  EXPECT_EQ(std::get<Refusal>(answers.at(1)).reason.code, "intake.no_space");
}

TEST_F(IntakeTest, AWrongCaseReferenceIsRefused) {
  auto submission = submission_of(1);
  submission.letter.joins = "2026-0001234-00";
  EXPECT_EQ(refusal_code(submission), "intake.joins");
}

}  // namespace
}  // namespace ingest
