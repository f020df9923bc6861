#include "ingest/spool.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "letters.hpp"
#include "tests/vault/temp_folder.hpp"
#include "tests/vault/watched_disk.hpp"

namespace ingest {
namespace {

using letter::LetterId;
using vault::TempFolder;

std::vector<LetterId> waiting(const Spool& spool) {
  std::vector<LetterId> ids;
  for (const Spooled& spooled : spool.unfiled()) ids.push_back(spooled.letter.id);
  return ids;
}

TEST(Spool, AReceivedLetterIsThereAfterReopening) {
  TempFolder temp;
  Spool(temp.path).received(letter_of(1));
  EXPECT_EQ(Spool(temp.path).find({"T1", 1}), letter_of(1));
}

TEST(Spool, LettersWaitInOrderOfArrival) {
  TempFolder temp;
  {
    Spool spool(temp.path);
    for (const std::uint32_t number : {7U, 3U, 5U}) spool.received(letter_of(number, std::to_string(number)));
  }
  EXPECT_THAT(waiting(Spool(temp.path)),
              testing::ElementsAre(LetterId{"T1", 7}, LetterId{"T1", 3}, LetterId{"T1", 5}));
}

TEST(Spool, AttemptsSurviveReopeningTwice) {
  TempFolder temp;
  {
    Spool spool(temp.path);
    spool.received(letter_of(1));
    spool.attempted({"T1", 1}, 2);
  }
  { Spool again(temp.path); }
  EXPECT_EQ(Spool(temp.path).unfiled().at(0).attempts, 2U);
}

TEST(Spool, AFiledLetterWaitsNoMore) {
  TempFolder temp;
  {
    Spool spool(temp.path);
    spool.received(letter_of(1));
    spool.filed({"T1", 1}, "2026-0000001-23");
    EXPECT_THAT(waiting(spool), testing::IsEmpty());
    spool.settle();
  }
  EXPECT_THAT(waiting(Spool(temp.path)), testing::IsEmpty());
}

TEST(Spool, AFiledLetterIsStillKnownWithItsStamp) {
  TempFolder temp;
  {
    Spool spool(temp.path);
    spool.received(letter_of(1));
    spool.filed({"T1", 1}, "2026-0000001-23");
    spool.settle();
  }
  const Spool spool(temp.path);
  EXPECT_EQ(spool.find({"T1", 1})->received_at, first_instant);
  EXPECT_EQ(spool.case_of({"T1", 1}), "2026-0000001-23");
}

TEST(Spool, FiledTwiceIsFiledOnce) {
  TempFolder temp;
  Spool spool(temp.path);
  spool.received(letter_of(1));
  EXPECT_TRUE(spool.filed({"T1", 1}, "2026-0000001-23"));
  EXPECT_FALSE(spool.filed({"T1", 1}, "2026-0000001-23"));
  EXPECT_EQ(spool.filed_total(), 1U);
}

TEST(Spool, SeveralFiledTogetherAreEachFiledOnce) {
  TempFolder temp;
  Spool spool(temp.path);
  spool.received({letter_of(1), letter_of(2, "another")});
  const letter::Filed one{{"T1", 1}, "2026-0000001-23"}, unknown{{"T1", 9}, "2026-0000009-23"};
  EXPECT_THAT(spool.filed({one, unknown, one}), testing::ElementsAre(LetterId{"T1", 1}));
  EXPECT_THAT(waiting(spool), testing::ElementsAre(LetterId{"T1", 2}));
  EXPECT_EQ(spool.filed_total(), 1U);
}

TEST(Spool, AFilingGoesToTheDiskWithTheNextLetter) {
  TempFolder temp;
  auto disk = std::make_shared<vault::WatchedDisk>();
  {
    Spool spool(temp.path, disk);
    spool.received(letter_of(1));
    const std::size_t before = disk->steps.size();
    spool.filed({"T1", 1}, "2026-0000001-23");
    spool.received(letter_of(2, "another"));
    EXPECT_EQ(disk->steps.size(), before + 1);
  }
  EXPECT_EQ(Spool(temp.path).case_of({"T1", 1}), "2026-0000001-23");
}

TEST(Spool, AFilingThatNoSyncTookAlongLeavesTheLetterWaiting) {
  TempFolder temp;
  {
    Spool spool(temp.path);
    spool.received(letter_of(1));
    spool.filed({"T1", 1}, "2026-0000001-23");
  }
  EXPECT_THAT(waiting(Spool(temp.path)), testing::ElementsAre(LetterId{"T1", 1}));
}

TEST(Spool, SettlingWithNothingToSettleWritesNothing) {
  TempFolder temp;
  auto disk = std::make_shared<vault::WatchedDisk>();
  Spool spool(temp.path, disk);
  const std::size_t before = disk->steps.size();
  spool.settle();
  EXPECT_EQ(disk->steps.size(), before);
}

TEST(Spool, FilingAnUnknownLetterChangesNothing) {
  TempFolder temp;
  EXPECT_FALSE(Spool(temp.path).filed({"T1", 1}, "2026-0000001-23"));
  EXPECT_EQ(Spool(temp.path).received_total(), 0U);
}

TEST(Spool, TheSameContentIsKnownAgain) {
  TempFolder temp;
  Spool(temp.path).received(letter_of(1, "a page"));
  const Spool spool(temp.path);
  EXPECT_EQ(spool.same_content(letter_of(2, "a page")), (LetterId{"T1", 1}));
  EXPECT_EQ(spool.same_content(letter_of(2, "another")), std::nullopt);
}

TEST(Spool, ItIsCutAtEveryByteAndKeepsWhatWasSynced) {
  TempFolder temp;
  vault::SystemDisk disk;
  { Spool(temp.path).received(letter_of(1)); }
  const std::string one = *disk.read(temp.path / "spool");
  { Spool(temp.path).received(letter_of(2, "another")); }
  const std::string two = *disk.read(temp.path / "spool");
  for (std::size_t length = one.size(); length < two.size(); ++length) {
    disk.write_synced(temp.path / "spool", two.substr(0, length), 0600);
    const Spool spool(temp.path);
    ASSERT_THAT(waiting(spool), testing::ElementsAre(LetterId{"T1", 1})) << length;
    ASSERT_EQ(spool.torn_records(), length == one.size() ? 0U : 1U) << length;
  }
}

TEST(Spool, ATornTailIsGoneAfterTheNextStart) {
  TempFolder temp;
  vault::SystemDisk disk;
  { Spool(temp.path).received(letter_of(1)); }
  disk.append(temp.path / "spool", "VR half a record", true);
  { Spool spool(temp.path); }
  EXPECT_EQ(Spool(temp.path).torn_records(), 0U);
}

TEST(Spool, DamageInTheMiddleStopsTheHouse) {
  TempFolder temp;
  vault::SystemDisk disk;
  {
    Spool spool(temp.path);
    spool.received(letter_of(1));
    spool.received(letter_of(2, "another"));
  }
  std::string bytes = *disk.read(temp.path / "spool");
  bytes[40] = static_cast<char>(bytes[40] ^ 1);
  disk.write_synced(temp.path / "spool", bytes, 0600);
  EXPECT_THROW(Spool{temp.path}, letter::BrokenWorld);
}

TEST(Spool, OnlyOneProcessHasIt) {
  TempFolder temp;
  const Spool first(temp.path);
  EXPECT_THROW(Spool{temp.path}, letter::BrokenWorld);
}

TEST(Spool, IsReadBesideTheProcessThatHasIt) {
  TempFolder temp;
  Spool spool(temp.path);
  spool.received(letter_of(2));
  spool.received(letter_of(1, "another"));
  spool.filed({"T1", 2}, "2026-0000001-23");
  spool.settle();
  const auto lines = *read_spool(temp.path, vault::SystemDisk());
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].letter.id, (LetterId{"T1", 2}));
  EXPECT_EQ(lines[0].case_ref, "2026-0000001-23");
  EXPECT_EQ(lines[1].letter, letter_of(1, "another"));
  EXPECT_EQ(lines[1].case_ref, std::nullopt);
}

TEST(Spool, WhatCameAfterTheRegisterWasReadIsInItAndNotFiled) {
  TempFolder temp;
  Spool spool(temp.path);
  const auto bytes = [&] { return *vault::SystemDisk().read(temp.path / "spool"); };
  spool.received(letter_of(1));
  const std::string before = bytes();
  spool.filed({"T1", 1}, "2026-0000001-23");
  spool.received(letter_of(2, "another"));
  const auto lines = *read_spool(*with_later_letters(before, bytes()));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].case_ref, std::nullopt);
  EXPECT_EQ(lines[1].letter, letter_of(2, "another"));
}

TEST(Spool, AFailedSyncLeavesTheLetterUnknown) {
  TempFolder temp;
  auto disk = std::make_shared<vault::WatchedDisk>();
  Spool spool(temp.path, disk);
  disk->breaks_at = disk->steps.size();
  EXPECT_THROW(spool.received(letter_of(1)), letter::BrokenWorld);
  EXPECT_EQ(spool.find({"T1", 1}), std::nullopt);
}

}  // namespace
}  // namespace ingest
