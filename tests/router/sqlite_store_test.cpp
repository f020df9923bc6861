#include "router/sqlite_store.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "router/file.hpp"
#include "router/schema.hpp"
#include "router/sqlite_roll.hpp"
#include "tests/router/letters.hpp"
#include "tests/router/temp_folder.hpp"

namespace {

using router::SqliteStore;
using router::Transaction;

struct SqliteRegister : testing::Test {
  made::TempFolder folder;
  const std::filesystem::path file = folder.path() / "register" / "register.sqlite";

  // SQLite keeps it in the head of the file, four bytes, the highest first.
  static constexpr std::streamoff user_version_at = 60;
  std::uint32_t user_version() const {
    std::ifstream in(file, std::ios::binary);
    in.seekg(user_version_at);
    std::uint32_t version = 0;
    for (int i = 0; i < 4; ++i) version = version << 8 | static_cast<std::uint32_t>(in.get());
    return version;
  }
  void write_user_version(char version) const {
    std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(user_version_at + 3);
    out.put(version);
  }

  static void file_letter(SqliteStore& store, std::uint32_t number) {
    store.transact(
        [number](Transaction& in) { router::file(made::sorted(number), in, {}, made::monday_morning()); });
  }
  static std::uint64_t letters_in(SqliteStore& store) {
    std::uint64_t count = 0;
    store.transact([&count](Transaction& in) { count = in.standing(made::on("2026-11-23")).letters; });
    return count;
  }
};

TEST_F(SqliteRegister, IsThereAfterARestart) {
  {
    SqliteStore store(file);
    file_letter(store, 1);
  }
  SqliteStore store(file);
  EXPECT_EQ(letters_in(store), 1u);
}

TEST_F(SqliteRegister, EmptiesTheWriteAheadLogBeforeItAnswers) {
  const pid_t child = ::fork();
  if (child == 0) {  // leaves its log behind
    SqliteStore store(file);
    file_letter(store, 1);
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_GT(std::filesystem::file_size(file.string() + "-wal"), 0u);
  SqliteStore store(file);
  EXPECT_EQ(std::filesystem::file_size(file.string() + "-wal"), 0u);
}

TEST_F(SqliteRegister, StandsAtTheLastStepOfTheSchema) {
  { SqliteStore store(file); }
  EXPECT_EQ(user_version(), router::schema_steps().size());
}

TEST_F(SqliteRegister, OfANewerProgramIsABrokenWorld) {
  { SqliteStore store(file); }
  write_user_version(99);
  EXPECT_THROW(SqliteStore{file}, letter::BrokenWorld);
}

TEST_F(SqliteRegister, ThatIsNoDatabaseIsABrokenWorld) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << std::string(4096, 'x');
  EXPECT_THROW(SqliteStore{file}, letter::BrokenWorld);
}

// While somebody else writes, the log cannot be moved into the file: the register must not be believed.
TEST_F(SqliteRegister, ThatCannotBeCheckpointedIsABrokenWorld) {
  SqliteStore store(file);
  store.transact([this](Transaction&) {
    EXPECT_THROW(SqliteStore(file, {}, std::chrono::milliseconds{50}), letter::BrokenWorld);
  });
}

// The child says through a pipe which letters it has committed; it is killed between two commits.
TEST_F(SqliteRegister, KilledBetweenCommitsHoldsExactlyWhatWasCommitted) {
  int said[2];
  ASSERT_EQ(::pipe(said), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    SqliteStore store(file);
    for (std::uint32_t number = 1;; ++number) {
      file_letter(store, number);
      if (::write(said[1], "x", 1) != 1) ::_exit(1);
    }
  }
  ::close(said[1]);
  std::uint64_t committed = 0;
  char x = 0;
  while (committed < 20 && ::read(said[0], &x, 1) == 1) ++committed;
  ::kill(child, SIGKILL);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  while (::read(said[0], &x, 1) == 1) ++committed;
  ::close(said[0]);
  SqliteStore store(file);
  const std::uint64_t found = letters_in(store);
  EXPECT_GE(found, committed);
  EXPECT_LE(found, committed + 1) << "one more may have been committed and not yet said";
}

TEST_F(SqliteRegister, KilledInsideATransactionForgetsIt) {
  const pid_t child = ::fork();
  if (child == 0) {
    SqliteStore store(file);
    file_letter(store, 1);
    store.transact([](Transaction& in) {
      router::file(made::sorted(2), in, {}, made::monday_morning());
      ::kill(::getpid(), SIGKILL);
    });
  }
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  SqliteStore store(file);
  EXPECT_EQ(letters_in(store), 1u);
  file_letter(store, 2);
  store.transact([](Transaction& in) {
    EXPECT_EQ(in.case_of({"LYON1", 2}), letter::text(letter::CaseRef{2026, 2}));
  });
}

TEST_F(SqliteRegister, IsReadBesideItsRouter) {
  SqliteStore store(file);
  file_letter(store, 1);
  file_letter(store, 2);
  const auto roll = router::read_roll(file);
  ASSERT_EQ(roll.size(), 2U);
  EXPECT_EQ(roll[1].id, made::sorted(2).read.letter.id);
  EXPECT_EQ(roll[1].pages, made::sorted(2).read.letter.pages.size());
  EXPECT_EQ(roll[1].state, letter::State::registered);
}

TEST_F(SqliteRegister, ThatIsNotThereHoldsNoLetter) { EXPECT_TRUE(router::read_roll(file).empty()); }

}  // namespace
