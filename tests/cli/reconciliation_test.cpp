// A house of one station whose books agree, and each way in which they may not.
#include "cli/reconciliation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const letter::Day day{std::chrono::year{2026} / 11 / 23};

struct House : testing::Test {
  Books books;

  House() { books.stations = {{"T1", {}, {}}}; }

  ingest::ManifestEntry& claim(std::uint32_t number, std::vector<std::uint32_t> pages_of_letters) {
    ingest::ManifestEntry& entry = books.stations[0].claims[number];
    entry.claim.number = number;
    entry.claim.claimed_on = day;
    entry.claim.is_cut = true;
    for (std::uint32_t i = 0; i < pages_of_letters.size(); ++i) {
      entry.claim.letters.push_back(number + i);
      entry.claim.stack.letters.emplace_back().pages = pages_of_letters[i];
    }
    return entry;
  }
  // The letter's receipt, its line in the spool, its folder in the vault.
  ingest::SpoolLine& receive(ingest::ManifestEntry& entry, std::uint32_t number, std::size_t pages) {
    entry.claim.receipts[number] = {{"T1", number}, {}, ""};
    books.vault.insert({"T1", number});
    ingest::SpoolLine& line = books.spool.emplace_back();
    line.letter.id = {"T1", number};
    line.letter.pages.resize(pages);
    return line;
  }
  router::RollLine& file(ingest::SpoolLine& line) {
    line.case_ref = "2026-0000001-59";
    return books.roll.emplace_back(router::RollLine{line.letter.id,
                                                    {2026, 1},
                                                    static_cast<std::uint32_t>(line.letter.pages.size()),
                                                    letter::State::registered});
  }
  void file_one_of_two_pages() {
    auto& entry = claim(1, {2});
    file(receive(entry, 1, 2));
    entry.outcome = ingest::Outcome::done;
  }
  Balance balance() const { return reconcile(books).days.at({"T1", "2026-11-23"}); }
  std::vector<std::string> unexplained() const {
    std::vector<std::string> codes;
    for (const Finding& finding : reconcile(books).unexplained)
      codes.push_back(finding.code + " " + finding.what);
    return codes;
  }
};

TEST_F(House, AFiledLetterIsClaimedAndFiledInLettersAndPages) {
  file_one_of_two_pages();
  Balance expected;
  expected.claimed = expected.filed = {1, 2};
  EXPECT_EQ(balance(), expected);
  EXPECT_THAT(unexplained(), IsEmpty());
}

TEST_F(House, APurgedLetterIsExplainedWithoutItsSheets) {
  file_one_of_two_pages();
  books.roll[0].purged = true;
  books.vault.clear();
  EXPECT_EQ(balance().purged, (Count{1, 2}));
  EXPECT_THAT(unexplained(), IsEmpty());
}

TEST_F(House, ALetterWithoutReceiptIsInFlight) {
  claim(1, {3});
  EXPECT_EQ(balance().in_flight, (Count{1, 3}));
}

TEST_F(House, ALetterThatIsReceivedAndNotFiledIsInFlight) {
  receive(claim(1, {3}), 1, 3);
  EXPECT_EQ(balance().in_flight, (Count{1, 3}));
}

TEST_F(House, ARefusedLetterOfAStackIsAFailureAndTheOthersAreNot) {
  auto& entry = claim(1, {1, 2});
  entry.claim.refusals[2] = {"intake.id_taken", "", ""};
  file(receive(entry, 1, 1));
  EXPECT_EQ(balance().failed, (Count{1, 2}));
  EXPECT_EQ(balance().filed, (Count{1, 1}));
}

TEST_F(House, ARefusedFileCountsAsOneLetterOfUnknownPages) {
  auto& entry = books.stations[0].claims[1];
  entry.claim.number = 1;
  entry.claim.claimed_on = day;
  entry.claim.refusals[1] = {"sheets.unknown", "", ""};
  EXPECT_EQ(balance().failed, (Count{1, 0}));
}

TEST_F(House, SeparatorSheetsAreCountedAsPages) {
  auto& entry = claim(1, {1});
  entry.claim.stack.separators.resize(2);
  file(receive(entry, 1, 1));
  EXPECT_EQ(balance().separator, (Count{0, 2}));
  EXPECT_EQ(balance().claimed, (Count{1, 3}));
}

TEST_F(House, ABatchThatCountedOtherwiseIsARemark) {
  auto& entry = claim(7, {1});
  entry.claim.stack.separators.push_back({0, page::SeparatorType::batch, "", 40, 39});
  EXPECT_THAT(reconcile(books).remarks, ElementsAre(Finding{"reconcile.batch", "T1-0000007: 39/40"}));
}

TEST_F(House, TheSameScanAgainIsARepeat) {
  file_one_of_two_pages();
  books.spool[0].letter.same_scan_as = "T1-0000000";
  EXPECT_EQ(balance().repeat, (Count{1, 2}));
  EXPECT_EQ(balance().filed, Count());
}

TEST_F(House, ALetterOfAWithdrawnCaseIsWithdrawn) {
  file_one_of_two_pages();
  books.roll[0].state = letter::State::withdrawn;
  EXPECT_EQ(balance().withdrawn, (Count{1, 2}));
}

TEST_F(House, AFileThatWasGivenBackIsNotCounted) {
  books.stations[0].claims[1].outcome = ingest::Outcome::abandoned;
  EXPECT_THAT(reconcile(books).days, IsEmpty());
}

TEST_F(House, AReceiptThatTheSpoolDoesNotKnowIsUnexplained) {
  file_one_of_two_pages();
  books.spool.clear();
  books.roll.clear();
  EXPECT_THAT(unexplained(), ElementsAre("reconcile.not_in_spool T1-0000001"));
  EXPECT_EQ(balance().unexplained, (Count{1, 2}));
}

TEST_F(House, ALetterSaidToBeFiledThatTheRegisterLacksIsUnexplained) {
  file_one_of_two_pages();
  books.roll.clear();
  EXPECT_THAT(unexplained(), ElementsAre("reconcile.not_in_register T1-0000001"));
}

TEST_F(House, ALetterWhosePagesAreNotInTheVaultIsUnexplained) {
  file_one_of_two_pages();
  books.vault.clear();
  EXPECT_THAT(unexplained(), ElementsAre("reconcile.not_in_vault T1-0000001"));
}

TEST_F(House, HalfALetterIsUnexplained) {
  file_one_of_two_pages();
  books.roll[0].pages = 1;
  EXPECT_THAT(unexplained(), ElementsAre("reconcile.pages T1-0000001"));
}

TEST_F(House, AClaimClosedWithALetterNeverSentIsUnexplained) {
  claim(1, {1}).outcome = ingest::Outcome::done;
  EXPECT_THAT(unexplained(), ElementsAre("reconcile.closed_unsent T1-0000001"));
}

TEST_F(House, ALetterThatItsStationNeverClaimedIsUnexplained) {
  file_one_of_two_pages();
  books.stations[0].claims.clear();
  EXPECT_THAT(unexplained(), ElementsAre("reconcile.not_claimed T1-0000001"));
}

TEST_F(House, AFiledLetterThatWasNeverReceivedIsUnexplained) {
  books.roll.push_back({{"T1", 9}, {2026, 1}, 1, letter::State::registered});
  EXPECT_THAT(unexplained(), ElementsAre("reconcile.filed_unreceived T1-0000009"));
}

TEST_F(House, AStationWhoseJournalIsElsewhereIsARemark) {
  file_one_of_two_pages();
  books.stations.clear();
  EXPECT_THAT(reconcile(books).remarks, ElementsAre(Finding{"reconcile.no_journal", "T1"}));
  EXPECT_THAT(unexplained(), IsEmpty());
}

TEST_F(House, GapsInNumbersAreRemarksInRuns) {
  books.stations[0].unused_numbers = {3, 4, 5, 9};
  EXPECT_THAT(reconcile(books).remarks,
              ElementsAre(Finding{"reconcile.gap", "T1 3-5"}, Finding{"reconcile.gap", "T1 9"}));
}

TEST_F(House, AFolderOfTheVaultThatNoReceiptKnowsIsAnOrphan) {
  books.vault.insert({"T1", 4});
  EXPECT_THAT(reconcile(books).remarks, ElementsAre(Finding{"reconcile.orphan", "T1-0000004"}));
}

}  // namespace
}  // namespace cli
