#include "cli/hot_folder.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace {

namespace fs = std::filesystem;

class HotFolder : public testing::Test {
 protected:
  HotFolder() {
    std::string pattern = (fs::temp_directory_path() / "hot-XXXXXX").string();
    dir = ::mkdtemp(pattern.data());
  }
  ~HotFolder() override { fs::remove_all(dir); }
  void put(const fs::path& name) {
    fs::create_directories((dir / name).parent_path());
    std::ofstream(dir / name) << "x";
  }
  fs::path dir;
};

TEST_F(HotFolder, AnEmptyFolderHoldsNothing) { EXPECT_FALSE(cli::holds_scans(dir)); }

TEST_F(HotFolder, AScanIsSeen) {
  put("a.tif");
  EXPECT_TRUE(cli::holds_scans(dir));
}

TEST_F(HotFolder, AClaimedScanIsSeen) {
  put("work/A-0000001.tif");
  EXPECT_TRUE(cli::holds_scans(dir));
}

TEST_F(HotFolder, AScanOfAClosedEnvelopeIsSeen) {
  put("sealed/a.tif");
  EXPECT_TRUE(cli::holds_scans(dir));
}

TEST_F(HotFolder, AFolderOfPagesIsSeenWhereItIsAskedFor) {
  put("lot/1.tif");
  EXPECT_FALSE(cli::holds_scans(dir));
  EXPECT_TRUE(cli::holds_folders(dir));
}

TEST_F(HotFolder, TheStationsOwnFoldersAreNoStacks) {
  put("done/2026-11-23/a.tif");
  put("sealed/a.tif");
  EXPECT_FALSE(cli::holds_folders(dir));
}

TEST_F(HotFolder, HalfWrittenNamesAreLeftOut) {
  for (const char* name : {".a.tif", "a.part", "a.tmp", "Thumbs.db", "~$a.tif"}) put(name);
  EXPECT_FALSE(cli::holds_scans(dir));
}

TEST_F(HotFolder, ARefusedScanIsToldWithItsReason) {
  put("failed/b.tif");
  std::ofstream(dir / "failed/b.tif.reason.txt") << "Fichier vide.\nEmpty file.\ncode : sheets.empty\n";
  const auto failed = cli::failed_scans(dir, "en");
  ASSERT_EQ(failed.size(), 1u);
  EXPECT_EQ(failed[0].name, "b.tif");
  EXPECT_EQ(failed[0].why, "Empty file.");
}

TEST_F(HotFolder, WhatIsDoneDoesNotCount) {
  put("done/2026-11-23/a.tif");
  put("failed/b.tif");
  EXPECT_FALSE(cli::holds_scans(dir));
}

}  // namespace
