#include "ingest/folder_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/station_lines.hpp"
#include "ingest/tray.hpp"
#include "tests/vault/temp_folder.hpp"
#include "vault/disk.hpp"

namespace ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct FolderWatchTest : testing::Test {
  vault::TempFolder temp;
  FolderWatch watch{temp.path, Millis(100)};
  void put(const std::string& name, const std::string& bytes = "page") const {
    std::filesystem::create_directories((temp.path / name).parent_path());
    vault::SystemDisk().write_synced(temp.path / name, bytes, 0600);
  }
};

TEST_F(FolderWatchTest, AFolderThatLiesStillIsWhole) {
  put("lot/1.tif");
  EXPECT_THAT(watch.whole(Millis(0)), IsEmpty());
  EXPECT_THAT(watch.whole(Millis(100)), ElementsAre("lot"));
}

TEST_F(FolderWatchTest, AnotherPageStartsTheWaitAnew) {
  put("lot/1.tif");
  watch.whole(Millis(0));
  put("lot/2.tif");
  EXPECT_THAT(watch.whole(Millis(100)), IsEmpty());
  EXPECT_THAT(watch.whole(Millis(200)), ElementsAre("lot"));
}

TEST_F(FolderWatchTest, AnEmptyFolderIsNone) {
  std::filesystem::create_directory(temp.path / "lot");
  watch.whole(Millis(0));
  EXPECT_THAT(watch.whole(Millis(1000)), IsEmpty());
}

TEST_F(FolderWatchTest, TheTraysOwnFoldersAreNone) {
  for (const char* own : {"work/a", "done/a", "failed/a", "sealed/a"}) put(own);
  watch.whole(Millis(0));
  EXPECT_THAT(watch.whole(Millis(1000)), IsEmpty());
}

TEST(Tray, PagesComeInTheOrderOfTheirNumbers) {
  EXPECT_TRUE(comes_before("page2.tif", "page10.tif"));
  EXPECT_FALSE(comes_before("page10.tif", "page2.tif"));
  EXPECT_TRUE(comes_before("page002.tif", "page10.tif"));
  EXPECT_TRUE(comes_before("a1b2", "a1b10"));
  EXPECT_FALSE(comes_before("a", "a"));
}

StationEvent event_of(const std::string& what) {
  StationEvent event;
  event.what = what;
  event.id = {"T1", 4};
  return event;
}

TEST(StationLines, AStackIsTold) {
  StationEvent event = event_of("looked");
  event.pages = 12;
  event.letters = 3;
  event.separators = 4;
  event.sealed = 1;
  EXPECT_EQ(line_for(event, "lot.tif", true),
            "T1-0000004  lot.tif  12 pages, 3 courriers, 4 feuilles séparatrices, 1 pli fermé (non lu)");
}

TEST(StationLines, AShortBatchAsksForTheCountInBothTongues) {
  StationEvent event = event_of("batch");
  event.expected = 40;
  event.found = 39;
  EXPECT_THAT(line_for(event, "lot.tif", true), testing::HasSubstr("recomptez"));
  EXPECT_THAT(line_for(event, "lot.tif", false), testing::HasSubstr("count the paper again"));
}

TEST(StationLines, AFlawNamesItsPage) {
  StationEvent event = event_of("flaw");
  event.page = 3;
  event.reason = page::reason(page::Flaw::too_dark);
  EXPECT_THAT(line_for(event, "", true), testing::HasSubstr("page 3 : Page trop sombre"));
}

TEST(StationLines, WhatIsOfNoUseIsNotTold) { EXPECT_EQ(line_for(event_of("claimed"), "a.tif", true), ""); }

}  // namespace
}  // namespace ingest
