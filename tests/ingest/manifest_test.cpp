#include "ingest/manifest.hpp"

#include "drawn.hpp"
#include "looks.hpp"
#include "station_scene.hpp"

namespace ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

struct ManifestTest : StationScene {
  ManifestTest() {
    settings.opening.eye = eye_that_sees({doc_sheet(), plain_page(), doc_sheet(), plain_page()});
    settings.today = [] { return letter::paris_day(first_instant); };
    settings.journal = temp.path / "T1";
    start();
    put("scan.tif", drawn_tiff(4));
  }
  Manifest manifest() const { return *read_manifest(settings.journal, vault::SystemDisk()); }
};

TEST_F(ManifestTest, AnOpenClaimIsThereWhileTheStationHoldsItsJournal) {
  station->take("scan.tif");
  ASSERT_THAT(manifest().claims, SizeIs(1));
  EXPECT_FALSE(manifest().claims.at(1).outcome.has_value());
  EXPECT_THAT(manifest().claims.at(1).claim.letters, ElementsAre(1U, 2U));
}

TEST_F(ManifestTest, AClosedClaimKeepsItsLettersReceiptsAndDay) {
  station->take("scan.tif");
  for (const auto& sent : send_all()) receive(sent);
  const ManifestEntry entry = manifest().claims.at(1);
  EXPECT_EQ(entry.outcome, Outcome::done);
  EXPECT_THAT(entry.claim.receipts, SizeIs(2));
  EXPECT_EQ(entry.claim.claimed_on, letter::paris_day(first_instant));
  EXPECT_THAT(entry.claim.stack.separators, SizeIs(2));
}

TEST_F(ManifestTest, NumbersGivenWithoutGapLeaveNone) {
  station->take("scan.tif");
  EXPECT_THAT(manifest().unused_numbers, IsEmpty());
}

TEST_F(ManifestTest, NumbersThatNobodyGaveAreGaps) {
  vault::SystemDisk disk;
  const auto folder = temp.path / "T2";
  disk.make_folder(folder, 0700);
  disk.write_synced(folder / "journal",
                    vault::framed({'C', R"({"claim":2})"}) + vault::framed({'C', R"({"claim":5})"}), 0600);
  EXPECT_THAT(read_manifest(folder, disk)->unused_numbers, ElementsAre(1U, 3U, 4U));
}

TEST_F(ManifestTest, AStationThatNeverTookAnythingHasNoClaims) {
  EXPECT_THAT(read_manifest(temp.path / "T9", vault::SystemDisk())->claims, IsEmpty());
}

TEST_F(ManifestTest, WhatWasTakenAfterABookWasReadIsClaimedAndHasNoReceipt) {
  const std::string claim = vault::framed({'C', R"({"claim":1})"}),
                    next = vault::framed({'C', R"({"claim":2})"});
  const std::string receipt = vault::framed({'R', R"({"claim":1,"letter":1,"station":"T1"})"});
  EXPECT_EQ(with_later_claims(claim, claim + receipt + next), claim + next);
  EXPECT_EQ(with_later_claims(claim + receipt, claim + receipt + next + next), claim + receipt + next);
}

TEST_F(ManifestTest, AClaimThatWasCutAfterABookWasReadIsCut) {
  vault::SystemDisk disk;
  const auto journal = [&] { return disk.read(settings.journal / "journal").value_or(""); };
  station->take("scan.tif");
  const std::string all = journal();
  const std::string claim = vault::framed(vault::recover(all)->records.front());
  EXPECT_THAT(read_manifest("T1", *with_later_claims(claim, all))->claims.at(1).claim.letters,
              ElementsAre(1U, 2U));
}

TEST_F(ManifestTest, ADamagedJournalIsAFault) {
  vault::SystemDisk disk;
  const auto folder = temp.path / "T3";
  disk.make_folder(folder, 0700);
  const std::string record = vault::framed({'C', R"({"claim":1})"});
  disk.write_synced(folder / "journal", record.substr(0, record.size() - 1) + "!" + record, 0600);
  EXPECT_EQ(read_manifest(folder, disk).error().code, "log.damaged");
}

}  // namespace
}  // namespace ingest
