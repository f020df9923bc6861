#include "vault/record_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "temp_folder.hpp"
#include "watched_disk.hpp"

namespace vault {
namespace {

const std::vector<Record> three{{'a', "first"}, {'b', ""}, {'c', "third VR record"}};

std::string bytes_of(const std::vector<Record>& records) {
  std::string bytes;
  for (const Record& record : records) bytes += framed(record);
  return bytes;
}

TEST(RecordLog, WhatWasWrittenComesBack) { EXPECT_EQ(recover(bytes_of(three))->records, three); }

TEST(RecordLog, EveryCutKeepsTheWholeRecordsBeforeIt) {
  const std::string whole = bytes_of(three);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto found = recover(whole.substr(0, length));
    ASSERT_TRUE(found) << length;
    std::vector<Record> expected;
    while (expected.size() < 3 &&
           bytes_of({three.begin(), three.begin() + expected.size() + 1}).size() <= length)
      expected.push_back(three[expected.size()]);
    ASSERT_EQ(found->records, expected) << length;
    ASSERT_EQ(found->torn_bytes, length - bytes_of(expected).size()) << length;
  }
}

TEST(RecordLog, DamageInTheMiddleIsNoTornTail) {
  std::string bytes = bytes_of(three);
  bytes[25] = static_cast<char>(bytes[25] ^ 1);
  EXPECT_EQ(recover(bytes).error().code, "log.damaged");
}

TEST(RecordLog, ATailOfZerosIsTorn) {
  EXPECT_EQ(recover(bytes_of(three) + std::string(100, '\0'))->torn_records, 1U);
}

TEST(RecordLog, AnAppendedRecordIsThereAfterReopening) {
  TempFolder temp;
  auto disk = std::make_shared<SystemDisk>();
  {
    RecordLog log(temp.path, "log", disk);
    log.begin({});
    log.append(three[0]);
    log.note(three[1]);
  }
  EXPECT_THAT(RecordLog(temp.path, "log", disk).recovered().records,
              testing::ElementsAre(three[0], three[1]));
}

TEST(RecordLog, RecordsAppendedTogetherComeBackInTheirOrder) {
  TempFolder temp;
  auto disk = std::make_shared<SystemDisk>();
  {
    RecordLog log(temp.path, "log", disk);
    log.begin({});
    log.append_all(three);
  }
  EXPECT_EQ(RecordLog(temp.path, "log", disk).recovered().records, three);
}

TEST(RecordLog, RecordsAppendedTogetherAreSyncedOnce) {
  TempFolder temp;
  auto disk = std::make_shared<WatchedDisk>();
  RecordLog log(temp.path, "log", disk);
  log.begin({});
  disk->steps.clear();
  log.append_all(three);
  log.append_all({});
  EXPECT_THAT(disk->steps, testing::ElementsAre("append log"));
}

TEST(RecordLog, RecordsAppendedTogetherAreTornTogether) {
  TempFolder temp;
  auto disk = std::make_shared<SystemDisk>();
  {
    RecordLog log(temp.path, "log", disk);
    log.begin({});
    log.append_all(three);
  }
  const std::string whole = *disk->read(temp.path / "log");
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const auto found = recover(whole.substr(0, length));
    ASSERT_TRUE(found) << length;
    ASSERT_EQ(found->records.size(), 0U) << length;
    ASSERT_EQ(found->torn_records, 1U) << length;
  }
}

TEST(RecordLog, OpeningWritesANewFileBeforeAnythingIsAdded) {
  TempFolder temp;
  auto disk = std::make_shared<WatchedDisk>();
  RecordLog log(temp.path, "log", disk);
  log.begin({});
  log.append(three[0]);
  EXPECT_THAT(disk->steps, testing::ElementsAre(
                               "sync_folder " + temp.path.parent_path().filename().string(), "write .log.new",
                               "rename log", "sync_folder " + temp.path.filename().string(), "append log"));
}

TEST(RecordLog, OnlyOneProcessHasIt) {
  TempFolder temp;
  auto disk = std::make_shared<SystemDisk>();
  RecordLog first(temp.path, "log", disk);
  EXPECT_THROW(RecordLog(temp.path, "log", disk), letter::BrokenWorld);
}

TEST(Disk, AMoveNeverReplaces) {
  TempFolder temp;
  SystemDisk disk;
  disk.write_synced(temp.path / "a", "a", 0600);
  disk.write_synced(temp.path / "b", "b", 0600);
  EXPECT_EQ(disk.move(temp.path / "a", temp.path / "b"), Move::taken);
  EXPECT_EQ(disk.read(temp.path / "b"), "b");
}

TEST(Disk, MovingWhatIsGoneSaysSo) {
  TempFolder temp;
  EXPECT_EQ(SystemDisk().move(temp.path / "a", temp.path / "b"), Move::gone);
}

TEST(Disk, AWriteToAFullDiskIsABrokenWorld) {
  EXPECT_THROW(SystemDisk().append("/dev/full", "x", true), letter::BrokenWorld);
}

}  // namespace
}  // namespace vault
