// A register that the first version of this program made, kept as it left it: three letters filed, the first
// one's case claimed and acknowledged by a desk. Every step of the schema since has to carry it along.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "router/file.hpp"
#include "router/sqlite_roll.hpp"
#include "router/sqlite_store.hpp"
#include "tests/router/letters.hpp"
#include "tests/router/temp_folder.hpp"

namespace {

using letter::CaseRef;
using router::SqliteStore;
using router::Transaction;

struct ARegisterOfTheFirstVersion : testing::Test {
  made::TempFolder folder;
  const std::filesystem::path file = folder.path() / "register.sqlite";
  ARegisterOfTheFirstVersion() {
    std::filesystem::copy_file(VAGUEMESTRE_SOURCE_DIR "/tests/router/registers/first_version.sqlite", file);
  }
  void transact(const std::function<void(Transaction&)>& work) const { SqliteStore(file).transact(work); }
};

TEST_F(ARegisterOfTheFirstVersion, KeepsItsCasesWithWhatADeskDid) {
  transact([](Transaction& in) {
    const auto value = in.load({2026, 1}).value();
    EXPECT_EQ(value.complainant.reveal(), "DUPONT MARIE");
    EXPECT_EQ(value.state, letter::State::acknowledged);
    EXPECT_EQ(value.claimed_by, "desk:incapacite_invalidite");
    EXPECT_EQ(value.deadlines->ack_due, made::on("2026-12-01"));
    EXPECT_EQ(value.box, letter::PostBox::none);
  });
}

TEST_F(ARegisterOfTheFirstVersion, KeepsItsQueueAndItsCounts) {
  transact([](Transaction& in) {
    EXPECT_EQ(in.queue({letter::Queue::incapacite_invalidite}, 10).size(), 3U);
    EXPECT_EQ(in.standing(made::on("2026-11-23")).letters, 3U);
  });
}

TEST_F(ARegisterOfTheFirstVersion, KeepsItsHistoryAndChainsIt) {
  transact([](Transaction& in) {
    std::vector<std::string> verbs;
    for (const letter::Event& event : in.history({2026, 1})) verbs.push_back(event.verb);
    EXPECT_EQ(verbs, (std::vector<std::string>{"filed", "claimed", "acknowledged"}));
    EXPECT_EQ(in.journal_head().seq, 5U);
  });
}

TEST_F(ARegisterOfTheFirstVersion, FilesItsOwnLettersOnceOnly) {
  transact([](Transaction& in) {
    EXPECT_EQ(router::file(made::sorted(2), in, {}, made::monday_morning()).case_ref,
              letter::text(CaseRef{2026, 2}));
    EXPECT_EQ(in.next_ref(2026), (CaseRef{2026, 4}));
  });
}

TEST_F(ARegisterOfTheFirstVersion, KnowsItsLettersAgainOnceTheyAreNoted) {
  transact([](Transaction& in) {
    EXPECT_TRUE(router::note_all_anew(in, {}));
    auto later = made::sorted(9);
    later.keys = {{"member", letter::PersonalText("40718822")}, {"file", letter::PersonalText("S123452")}};
    EXPECT_EQ(router::file(later, in, {}, made::monday_morning()).case_ref, letter::text(CaseRef{2026, 2}));
  });
}

// The first version kept the letters of the medical service as it kept any other.
TEST_F(ARegisterOfTheFirstVersion, HasTheSheetsOfItsMedicalLettersClosed) {
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec("UPDATE cases SET queue = 'dossiers_medicaux' WHERE number = 2");
  transact([](Transaction& in) {
    EXPECT_EQ(in.chores(router::ChoreKind::close, 9),
              (std::vector<router::Chore>{{router::ChoreKind::close, "LYON1-0000002"}}));
  });
}

TEST_F(ARegisterOfTheFirstVersion, IsReadByAReconciliationOnceItWasOpened) {
  { SqliteStore opened(file); }
  EXPECT_EQ(router::read_roll(file).size(), 3U);
}

}  // namespace
