#include "ingest/watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "letter/result.hpp"
#include "tests/vault/temp_folder.hpp"

namespace ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct WatchTest : testing::Test {
  vault::TempFolder temp;
  Watch watch{temp.path, Millis(1000)};

  void write(const std::string& name, const std::string& text = "bytes") {
    std::ofstream(temp.path / name) << text;
  }
  std::vector<std::string> whole_at(int ms) {
    watch.drain();
    return watch.whole(Millis(ms));
  }
};

TEST_F(WatchTest, AFileThatLayStillIsWhole) {
  write("a.tif");
  whole_at(0);
  EXPECT_THAT(whole_at(1000), ElementsAre("a.tif"));
}

TEST_F(WatchTest, AFileThatJustCameIsNot) {
  write("a.tif");
  whole_at(0);
  EXPECT_THAT(whole_at(999), IsEmpty());
}

TEST_F(WatchTest, AFileThatGrowsIsNot) {
  write("a.tif");
  whole_at(0);
  write("a.tif", "more bytes");
  whole_at(900);
  EXPECT_THAT(whole_at(1500), IsEmpty());
}

TEST_F(WatchTest, AFileSomebodyPausesInIsNotTaken) {
  std::ofstream slow(temp.path / "a.tif");
  slow << "half" << std::flush;
  whole_at(0);
  EXPECT_THAT(whole_at(59'000), IsEmpty());
}

TEST_F(WatchTest, AFileSomebodyHadOpenBeforeTheWatchIsNotTaken) {
  std::ofstream slow(temp.path / "a.tif");
  slow << "half" << std::flush;
  Watch late(temp.path, Millis(1000));
  late.whole(Millis(0));
  EXPECT_THAT(late.whole(Millis(5000)), IsEmpty());
}

TEST_F(WatchTest, AFileWhoseTimeWasSetAfterwardsIsStillTaken) {
  write("a.tif");
  std::filesystem::last_write_time(temp.path / "a.tif", std::filesystem::file_time_type{});
  whole_at(0);
  EXPECT_THAT(whole_at(1000), ElementsAre("a.tif"));
}

TEST_F(WatchTest, AFileIsTakenAfterItsWriterClosedIt) {
  {
    std::ofstream slow(temp.path / "a.tif");
    slow << "half" << std::flush;
    whole_at(0);
    slow << "whole";
  }
  whole_at(5000);
  EXPECT_THAT(whole_at(6000), ElementsAre("a.tif"));
}

TEST_F(WatchTest, AFileThatWasThereBeforeTheWatchIsFound) {
  write("early.tif");
  Watch late(temp.path, Millis(1000));
  late.whole(Millis(0));
  EXPECT_THAT(late.whole(Millis(1000)), ElementsAre("early.tif"));
}

TEST_F(WatchTest, AMissedEventLosesNothing) {
  write("a.tif");
  watch.whole(Millis(0));  // never drained: as if no event had come
  EXPECT_THAT(watch.whole(Millis(1000)), ElementsAre("a.tif"));
}

TEST_F(WatchTest, AnEmptyFileNobodyClosedWaitsLonger) {
  write("early.tif", "");
  Watch late(temp.path, Millis(1000));
  late.whole(Millis(0));
  EXPECT_THAT(late.whole(Millis(29'000)), IsEmpty());
  EXPECT_THAT(late.whole(Millis(30'000)), ElementsAre("early.tif"));
}

TEST_F(WatchTest, TheOldestComesFirst) {
  write("b.tif");
  std::filesystem::last_write_time(temp.path / "b.tif",
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
  write("a.tif");
  whole_at(0);
  EXPECT_THAT(whole_at(1000), ElementsAre("b.tif", "a.tif"));
}

TEST_F(WatchTest, FoldersAndLinksAreNoFiles) {
  std::filesystem::create_directory(temp.path / "folder.tif");
  std::filesystem::create_symlink("/etc/hostname", temp.path / "link.tif");
  whole_at(0);
  EXPECT_THAT(whole_at(100'000), IsEmpty());
}

TEST_F(WatchTest, WhatProgramsLeaveLyingAboutIsIgnored) {
  for (const char* name : {".hidden", "a.tif.part", "b.TMP", "Thumbs.db", "~$lettre.doc"}) write(name);
  whole_at(0);
  EXPECT_THAT(whole_at(100'000), IsEmpty());
}

TEST_F(WatchTest, AnEventWakesWhoeverWaits) {
  write("a.tif");
  char byte[4096];
  EXPECT_GT(::read(watch.fd(), byte, sizeof byte), 0);
}

TEST(Watch, WithoutAFolderTheWorldIsBroken) {
  EXPECT_THROW(Watch("/nowhere/at/all", Millis(1)), letter::BrokenWorld);
}

}  // namespace
}  // namespace ingest
