#include "cli/state_copy.hpp"

#include <gtest/gtest.h>

#include "ingest/spool.hpp"
#include "router/file.hpp"
#include "router/sqlite_store.hpp"
#include "tests/router/letters.hpp"
#include "tests/vault/temp_folder.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

struct StateCopy : testing::Test {
  vault::TempFolder temp;
  vault::SystemDisk disk;
  const fs::path state = temp.path / "state", copy = temp.path / "copy", back = temp.path / "back";

  StateCopy() { put("vault/T1/0/T1-0000001/slip", "a slip"); }
  void put(const fs::path& path, const std::string& bytes) {
    fs::create_directories((state / path).parent_path());
    disk.write_synced(state / path, bytes, 0600);
  }
  std::string code(const letter::Result<Copied>& copied) const { return copied ? "" : copied.error().code; }
};

TEST_F(StateCopy, GoesThereAndBackWithEveryFile) {
  put("keys/mailroom.key", "secret");
  put("vaguemestre.toml", "readers = 2");
  ASSERT_EQ(back_up(state, copy)->files, 3U);
  ASSERT_EQ(restore(copy, back)->files, 3U);
  EXPECT_EQ(disk.read(back / "keys" / "mailroom.key"), "secret");
  EXPECT_EQ(disk.read(back / "vaguemestre.toml"), "readers = 2");
  EXPECT_EQ(disk.read(back / "vault/T1/0/T1-0000001/slip"), "a slip");
}

TEST_F(StateCopy, GoesThereAndBackWithMoreFilesThanAreSyncedAtOnce) {
  constexpr int letters = 150;
  for (int i = 0; i < letters; ++i) put("vault/T2/0/T2-" + std::to_string(i) + "/slip", std::to_string(i));
  ASSERT_EQ(back_up(state, copy / "")->files, letters + 1U);
  ASSERT_EQ(restore(copy, back)->files, letters + 1U);
  EXPECT_EQ(disk.read(back / "vault/T2/0/T2-149/slip"), "149");
}

TEST_F(StateCopy, LeavesOutLocksLogsSocketsAndHalfWrittenFiles) {
  put("spool/spool.lock", "");
  put("log/run.log", "a line");
  put("ipc/ingest", "");
  put("vault/T1/0/T1-0000001/.slip.new", "half");
  EXPECT_EQ(back_up(state, copy)->files, 1U);
}

TEST_F(StateCopy, IsForItsOwnerAlone) {
  ASSERT_TRUE(back_up(state, copy).has_value());
  EXPECT_EQ(fs::status(copy).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(copy / "vault/T1/0/T1-0000001/slip").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(StateCopy, TakesTheRegisterWithWhatItsRouterHasNotCheckpointed) {
  router::SqliteStore store(state / "register" / "register.sqlite");
  store.transact(
      [](router::Transaction& in) { router::file(made::sorted(1), in, {}, made::monday_morning()); });
  ASSERT_TRUE(back_up(state, copy).has_value());
  ASSERT_TRUE(restore(copy, back).has_value());
  router::SqliteStore again(back / "register" / "register.sqlite");
  std::uint64_t letters = 0;
  again.transact([&](router::Transaction& in) { letters = in.standing(made::on("2026-11-23")).letters; });
  EXPECT_EQ(letters, 1U);
}

TEST_F(StateCopy, NeverWritesIntoAFolderThatHoldsSomething) {
  fs::create_directories(copy);
  disk.write_synced(copy / "other", "", 0600);
  EXPECT_EQ(code(back_up(state, copy)), "backup.not_empty");
  fs::remove(copy / "other");
  ASSERT_TRUE(back_up(state, copy).has_value());
  EXPECT_EQ(code(restore(copy, state)), "backup.not_empty");
}

TEST_F(StateCopy, AFolderWithoutItsListIsNoBackup) {
  ASSERT_TRUE(back_up(state, copy).has_value());
  fs::remove(copy / list_of_backup);
  EXPECT_EQ(code(restore(copy, back)), "backup.no_list");
}

TEST_F(StateCopy, AChangedFileIsNotRestored) {
  ASSERT_TRUE(back_up(state, copy).has_value());
  disk.write_synced(copy / "vault/T1/0/T1-0000001/slip", "another", 0600);
  EXPECT_EQ(code(restore(copy, back)), "backup.changed");
  EXPECT_FALSE(fs::exists(back));
}

TEST_F(StateCopy, AMissingFileIsNotRestored) {
  ASSERT_TRUE(back_up(state, copy).has_value());
  fs::remove(copy / "vault/T1/0/T1-0000001/slip");
  EXPECT_EQ(code(restore(copy, back)), "backup.changed");
}

TEST_F(StateCopy, AListThatNamesAPlaceOutsideIsRefused) {
  ASSERT_TRUE(back_up(state, copy).has_value());
  disk.append(copy / list_of_backup, std::string(64, '0') + "  ../outside\n", true);
  EXPECT_EQ(code(restore(copy, back)), "backup.changed");
}

TEST_F(StateCopy, ARestoreThatWasCutShortIsTakenUpAnew) {
  ASSERT_TRUE(back_up(state, copy).has_value());
  fs::create_directories(temp.path / ".back.restoring" / "vault");
  disk.write_synced(temp.path / ".back.restoring" / "leftover", "", 0600);
  ASSERT_TRUE(restore(copy, back).has_value());
  EXPECT_FALSE(fs::exists(back / "leftover"));
}

TEST_F(StateCopy, WithoutAStateThereIsNothingToBackUp) {
  EXPECT_EQ(code(back_up(temp.path / "nowhere", copy)), "backup.no_state");
}

}  // namespace
}  // namespace cli
