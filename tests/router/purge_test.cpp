// A purge where it counts: in the register's files, in the vault, through crashes, beside a backup.
#include <fstream>
#include <sstream>

#include "router/chores.hpp"
#include "router/journal_file.hpp"
#include "router/sqlite_roll.hpp"
#include "router/sqlite_store.hpp"
#include "tests/router/desk_fixture.hpp"
#include "tests/router/temp_folder.hpp"
#include "tests/vault/watched_disk.hpp"

namespace {

namespace fs = std::filesystem;
using letter::Queue;

struct Purge : testing::Test {
  made::TempFolder folder;
  const fs::path file = folder.path() / "register" / "register.sqlite", keys = folder.path() / "keys",
                 handovers = folder.path() / "handover", lock = folder.path() / "backup.lock";
  const vault::Keyring medical = [this] {
    vault::make_mailroom_key(keys);
    vault::make_medical_key(keys, folder.path() / "state.medical.key");
    return vault::load_medical_key(folder.path() / "state.medical.key").value();
  }();
  router::SqliteStore store{file, medical};
  router::DeskRules rules;
  std::uint64_t fencing = 0;
  letter::Instant now = made::monday_morning();

  vault::DirectoryVault vault(std::shared_ptr<vault::Disk> disk = std::make_shared<vault::SystemDisk>()) {
    return {folder.path() / "vault", vault::load_mailroom_key(keys).value(), std::move(disk), medical};
  }
  letter::Answer ask(const char* who, const std::string& ref, const std::string& verb, made::Args args = {}) {
    letter::Errand errand;
    errand.request = "r";
    errand.verb = verb;
    errand.ref = ref;
    errand.fencing = fencing;
    errand.args = std::move(args);
    letter::Answer answer;
    const auto asker = router::make_asker(who, {"*"}).value();
    store.transact([&](router::Transaction& in) {
      answer = router::run_errand(errand, asker, in, {rules, now});
    });
    if (verb == "claim") fencing = answer.fencing;
    return answer;
  }
  // Filed with its page in the vault, corrected, answered.
  std::string ended(std::uint32_t number, Queue queue = Queue::autre) {
    auto value = made::sorted(number, queue);
    value.read.text = letter::PersonalText("mon arthrodese lombaire");
    value.read.fields[0].text = letter::PersonalText("ZWINGELSTEIN");
    const std::string page = "page " + std::to_string(number);
    value.read.letter.masters[0].sha256 = vault::sha256_hex(page);
    value.read.letter.masters[0].bytes = page.size();
    EXPECT_TRUE(vault().put(value.read.letter, {page}));
    std::string ref;
    store.transact(
        [&](router::Transaction& in) { ref = router::file(value, in, rules.filing, now).case_ref; });
    const char* who = queue == Queue::dossiers_medicaux ? "medical_desk:m" : "desk:tous";
    ask(who, ref, "claim");
    ask(who, ref, "correct", {{"field", "NOM_USAGE"}, {"text", "ZWINGELSTEIN-MARX"}});
    EXPECT_FALSE(ask(who, ref, "answer", {{"dysfunction", "radiographie egaree"}}).reason);
    return ref;
  }
  void purge() {
    rules.retention.of_queue.fill({5, 0});
    now = made::at("2040-01-01T12:00:00.000Z");
    EXPECT_FALSE(ask("ops:ops", "", "purge").reason);
  }
  bool do_chores(std::shared_ptr<vault::Disk> disk = std::make_shared<vault::SystemDisk>()) {
    auto kept = vault(std::move(disk));
    return router::Chores(store, kept, {handovers, {}}, lock).carry_out();
  }
  bool on_disk(const std::string& words) const {
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
      if (!entry.is_regular_file()) continue;
      std::stringstream bytes;
      bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
      if (bytes.str().find(words) != std::string::npos) return true;
    }
    return false;
  }
  std::size_t sheets_of(std::uint32_t number) {
    const auto dir = vault().folder({"LYON1", number});
    return fs::exists(dir) ? static_cast<std::size_t>(std::distance(fs::directory_iterator(dir), {})) : 0;
  }
  std::optional<router::Finding> flaw() const {
    router::ChainCheck check;
    router::for_each_journal_row(file, [&](const router::JournalRow& row) { check.look_at(row); });
    return check.finding();
  }
};

TEST_F(Purge, LeavesNoWordOfTheLetterInAnyFile) {
  ended(1);
  ASSERT_TRUE(on_disk("arthrodese") && on_disk("ZWINGELSTEIN-MARX") && on_disk("radiographie"));
  purge();
  for (const char* words : {"arthrodese", "ZWINGELSTEIN", "MARIE", "radiographie"})
    EXPECT_FALSE(on_disk(words)) << words;
}

TEST_F(Purge, LeavesNothingClosedOfAMedicalCaseEither) {
  const auto ref = ended(1, Queue::dossiers_medicaux);
  do_chores();
  purge();
  store.transact([&](router::Transaction& in) {
    EXPECT_TRUE(in.letters(made::ref(ref)).at(0).read.fields.empty());
    EXPECT_EQ(in.load(made::ref(ref))->complainant.reveal(), "");
    for (const auto& event : in.history(made::ref(ref))) EXPECT_FALSE(event.what.contains("closed"));
  });
}

TEST_F(Purge, TheJournalIsWholeAfterwards) {
  ended(1);
  purge();
  EXPECT_FALSE(flaw());
}

TEST_F(Purge, TakesKeysAndSheetsOutOfTheVault) {
  ended(1);
  ask("auditor:a", ended(2), "freeze", {{"reason", "contentieux"}});
  purge();
  EXPECT_TRUE(do_chores());
  EXPECT_EQ(sheets_of(1), 0u);
  EXPECT_GT(sheets_of(2), 0u);
}

TEST_F(Purge, TakesWhatWasHandedOverAndNotFetched) {
  const auto ref = ended(1);
  fs::create_directories(handovers / ref);
  std::ofstream(handovers / ref / "handover.json") << "mon arthrodese";
  purge();
  do_chores();
  EXPECT_FALSE(fs::exists(handovers / ref));
}

TEST_F(Purge, ACrashAtAnyStepIsEndedByTheNextStart) {
  bool whole_way = false;
  for (std::uint32_t step = 0; !whole_way; ++step) {
    ASSERT_LT(step, 30u);
    ended(step + 1);
    purge();
    now = made::monday_morning();
    const auto disk = std::make_shared<vault::WatchedDisk>();
    disk->breaks_at = step;
    try {
      whole_way = do_chores(disk);
    } catch (const letter::BrokenWorld&) {
      EXPECT_TRUE(do_chores());
    }
    EXPECT_EQ(sheets_of(step + 1), 0u) << step;
  }
}

TEST_F(Purge, TheKeysGoBeforeTheSheets) {
  ended(1);
  purge();
  const auto disk = std::make_shared<vault::WatchedDisk>();
  do_chores(disk);
  ASSERT_GE(disk->steps.size(), 3u);
  EXPECT_EQ(disk->steps[0], "remove key.mailroom");
  EXPECT_EQ(disk->steps[1], "remove key.medical");
  EXPECT_EQ(disk->steps[2].substr(0, 11), "sync_folder");
}

TEST_F(Purge, NothingIsErasedWhileABackupRuns) {
  ended(1);
  purge();
  {
    const vault::LockFile backup(lock);
    EXPECT_FALSE(do_chores());
    EXPECT_GT(sheets_of(1), 0u);
  }
  EXPECT_TRUE(do_chores());
  EXPECT_EQ(sheets_of(1), 0u);
}

TEST_F(Purge, TheRollSaysWhichLettersWerePurged) {
  ended(1);
  purge();
  const auto roll = router::read_roll(file);
  ASSERT_EQ(roll.size(), 1u);
  EXPECT_TRUE(roll[0].purged);
}

TEST_F(Purge, WhatAPersonTypedCannotBeGuessedFromItsDigest) {
  const auto ref = ended(1);
  std::string typed;
  store.transact([&](router::Transaction& in) {
    for (const auto& event : in.history(made::ref(ref)))
      if (event.what.contains("dysfunction")) typed = router::written(event.what);
  });
  ASSERT_FALSE(typed.empty());
  bool guessed = false;
  router::for_each_journal_row(file, [&](const router::JournalRow& row) {
    guessed = guessed || row.digest == vault::sha256_hex(typed);
  });
  EXPECT_FALSE(guessed);
}

}  // namespace
