#include <gtest/gtest.h>

#include "ingest/station_words.hpp"
#include "ingest/status.hpp"
#include "letters.hpp"
#include "tests/vault/temp_folder.hpp"

namespace ingest {
namespace {

const letter::Day today = *letter::parse_day("2026-11-23");

std::string fault_of(const std::vector<std::string>& words) {
  const auto found = read_words(words, today);
  return found ? "understood" : found.error().code;
}

TEST(StationWords, AHotFolderIsEnough) { EXPECT_EQ(fault_of({"--hot-folder", "in"}), "understood"); }
TEST(StationWords, WithoutAFolderThereIsNothingToWatch) { EXPECT_EQ(fault_of({}), "usage.hot_folder"); }
TEST(StationWords, TheBoxIsOneOfThree) {
  EXPECT_EQ(fault_of({"--hot-folder", "in", "--box", "TSA 1"}), "usage.box");
}
TEST(StationWords, ABoxToleratesSpacing) {
  EXPECT_EQ(read_words({"--hot-folder", "in", "--box", "tsa20202"}, today)->box, letter::PostBox::tsa_20202);
}
TEST(StationWords, NoPostComesTomorrow) {
  EXPECT_EQ(fault_of({"--hot-folder", "in", "--arrived", "2026-11-24"}), "usage.arrived");
}
TEST(StationWords, AWrongDateIsNone) {
  EXPECT_EQ(fault_of({"--hot-folder", "in", "--arrived", "2026-02-30"}), "usage.arrived");
}
TEST(StationWords, AnUnknownOptionIsNamed) { EXPECT_EQ(fault_of({"--fast"}), "usage.option"); }
TEST(StationWords, AnOptionNeedsItsValue) { EXPECT_EQ(fault_of({"--hot-folder"}), "usage.option"); }
TEST(StationWords, OnceNeedsFiles) { EXPECT_EQ(fault_of({"--once"}), "usage.files"); }
TEST(StationWords, AWrongReferenceIsFoundBeforeAnythingIsSent) {
  EXPECT_EQ(fault_of({"--once", "--to", "2026-0001234-00", "a.tif"}), "usage.to");
}
TEST(StationWords, AfterTwoDashesEverythingIsAFile) {
  const auto words = read_words({"--once", "--", "--odd.tif"}, today);
  ASSERT_EQ(words->files.size(), 1U);
  EXPECT_EQ(words->files[0], "--odd.tif");
}
TEST(StationWords, SettingsGoToTheDaemon) {
  EXPECT_EQ(read_words({"--hot-folder", "in", "--state", "here"}, today)->daemon_words,
            (std::vector<std::string>{"--state", "here"}));
}

TEST(Status, TheOldestLetterIsTheOneThatWaitsLongest) {
  vault::TempFolder temp;
  Spool spool(temp.path);
  for (const std::uint32_t number : {5U, 2U, 9U}) spool.received(letter_of(number, std::to_string(number)));
  spool.filed({"T1", 5}, "2026-0000001-23");
  EXPECT_EQ(status_facts({}, spool, 0, 0).at("oldest_id"), "T1-0000002");
}

TEST(Status, ALetterNobodyCouldReadGoesToAPersonWithTheReason) {
  const letter::Reason why{"reader.crashed", "fr", "en"};
  const auto slip = bare_slip(letter_of(1), why);
  EXPECT_TRUE(slip.needs_review);
  EXPECT_EQ(slip.reasons, std::vector<letter::Reason>{why});
}

TEST(Status, ABareSlipTravels) {
  const auto slip = bare_slip(letter_of(1), {"reader.crashed", "fr", "en"});
  EXPECT_EQ(letter::decode_sorted(letter::encode(slip)), slip);
}

}  // namespace
}  // namespace ingest
