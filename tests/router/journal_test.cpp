// The journal as a chain: whatever is changed in it is found.
#include "router/journal.hpp"

#include <random>

#include "router/sqlite_journal.hpp"
#include "tests/router/both_registers.hpp"

namespace {

using router::ChainCheck;
using router::Flaw;
using router::JournalHead;
using router::JournalRow;

struct Chain {
  std::vector<JournalRow> rows;
  JournalHead head;
};

Chain made_chain(int events) {
  Chain chain;
  for (int i = 0; i < events; ++i) {
    JournalRow row;
    row.at_ms = 1'700'000'000'000 + i * 977;
    row.case_ref = "2026-000000" + std::to_string(i % 7 + 1) + "-59";
    row.who = i % 3 == 0 ? "vaguemestre" : "desk:entreprise";
    row.verb = i % 2 == 0 ? "filed" : "claimed";
    row.what = "{\"n\":\"" + std::to_string(i * i) + "\"}";
    chain.rows.push_back(router::chained(row, chain.head));
    chain.head = {chain.rows.back().seq, chain.rows.back().link};
  }
  return chain;
}

std::optional<router::Finding> look(const std::vector<JournalRow>& rows,
                                    std::optional<JournalHead> exported) {
  ChainCheck check(exported ? std::vector{*exported} : std::vector<JournalHead>{});
  for (const auto& row : rows) check.look_at(row);
  return check.finding();
}

using Dice = std::mt19937;
std::size_t any(Dice& dice, std::size_t below) {
  return std::uniform_int_distribution<std::size_t>(0, below - 1)(dice);
}

void flip_a_bit(std::vector<JournalRow>& rows, Dice& dice) {
  JournalRow& row = rows[any(dice, rows.size())];
  const auto spoil = [&dice](std::string& text) {
    text[any(dice, text.size())] ^= static_cast<char>(1u << any(dice, 8));
  };
  switch (any(dice, 8)) {
    case 0:
      row.seq ^= 1ull << any(dice, 20);
      break;
    case 1:
      row.at_ms ^= 1ll << any(dice, 40);
      break;
    case 2:
      spoil(row.case_ref);
      break;
    case 3:
      spoil(row.who);
      break;
    case 4:
      spoil(row.verb);
      break;
    case 5:
      spoil(row.what);
      break;
    case 6:
      spoil(row.digest);
      break;
    default:
      spoil(row.link);
      break;
  }
}

void cut_out(std::vector<JournalRow>& rows, Dice& dice) {
  const auto from = static_cast<std::ptrdiff_t>(any(dice, rows.size()));
  const auto count = static_cast<std::ptrdiff_t>(1 + any(dice, rows.size() - static_cast<std::size_t>(from)));
  rows.erase(rows.begin() + from, rows.begin() + from + count);
}

void renumber(std::vector<JournalRow>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].seq = i + 1;
}

void swap_two(std::vector<JournalRow>& rows, Dice& dice) {
  const std::size_t one = any(dice, rows.size() - 1);
  std::swap(rows[one], rows[one + 1 + any(dice, rows.size() - one - 1)]);
}

// A forger who knows how links are made, but cannot change what comes after or what was exported.
void put_in(std::vector<JournalRow>& rows, Dice& dice) {
  const std::size_t at = any(dice, rows.size());
  const JournalHead before = at == 0 ? JournalHead{} : JournalHead{rows[at - 1].seq, rows[at - 1].link};
  JournalRow forged = rows[at];
  forged.what = "{\"forged\":\"yes\"}";
  rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), router::chained(forged, before));
}

TEST(Journal, AChainAsItWasMadeIsSound) {
  const Chain chain = made_chain(60);
  EXPECT_EQ(look(chain.rows, chain.head), std::nullopt);
}

TEST(Journal, TenThousandMutationsAreAllFound) {
  const Chain chain = made_chain(60);
  Dice dice(20261123);
  for (int i = 0; i < 10'000; ++i) {
    auto rows = chain.rows;
    switch (i % 5) {
      case 0:
        flip_a_bit(rows, dice);
        break;
      case 1:
        cut_out(rows, dice);
        break;
      case 2:
        cut_out(rows, dice), renumber(rows);
        break;
      case 3:
        swap_two(rows, dice);
        break;
      default:
        put_in(rows, dice), renumber(rows);
        break;
    }
    ASSERT_NE(look(rows, chain.head), std::nullopt) << "mutation " << i;
  }
}

TEST(Journal, ACutTailIsProvedByAnExportedHead) {
  const Chain chain = made_chain(20);
  auto rows = chain.rows;
  rows.resize(15);
  EXPECT_EQ(look(rows, std::nullopt), std::nullopt);
  EXPECT_EQ(look(rows, chain.head), (router::Finding{20, Flaw::head}));
}

TEST(Journal, AnOlderHeadIsFoundInALongerChain) {
  const Chain chain = made_chain(20);
  EXPECT_EQ(look(chain.rows, JournalHead{7, chain.rows[6].link}), std::nullopt);
}

TEST(Journal, AHeadComesBackFromItsFile) {
  const Chain chain = made_chain(3);
  EXPECT_EQ(router::read_head(router::head_json(chain.head, made::monday_morning())), chain.head);
}

TEST(Journal, WhatIsNoHeadIsRefused) {
  for (const char* text : {"", "[]", "{\"seq\":0,\"link\":\"\"}", "{\"seq\":3,\"link\":\"ab\"}"})
    EXPECT_EQ(router::read_head(text).error().code, "audit.no_head") << text;
}

TEST(Journal, APurgedEventLeavesTheChainSound) {
  Chain chain = made_chain(20);
  chain.rows[4].what.clear();
  ChainCheck check({chain.head});
  for (const auto& row : chain.rows) check.look_at(row);
  EXPECT_EQ(check.finding(), std::nullopt);
  EXPECT_EQ(check.purged(), 1u);
}

TEST(Journal, HoldsEveryHeadThatWasExportedOnTheWay) {
  const Chain chain = made_chain(20);
  const auto head_at = [&](std::size_t i) { return JournalHead{chain.rows[i].seq, chain.rows[i].link}; };
  ChainCheck sound({head_at(3), head_at(19), head_at(3)}), other({head_at(3), {8, chain.rows[2].link}});
  for (const auto& row : chain.rows) sound.look_at(row), other.look_at(row);
  EXPECT_EQ(sound.finding(), std::nullopt);
  EXPECT_EQ(other.finding(), (router::Finding{8, router::Flaw::head}));
}

TEST(Journal, AnEventOfOtherPartsHasAnotherLink) {
  const JournalRow one = router::chained({0, 1, "a", "bc", "d", "{}", "", ""}, {});
  const JournalRow other = router::chained({0, 1, "ab", "c", "d", "{}", "", ""}, {});
  EXPECT_NE(one.link, other.link);
}

template <class Kind>
using JournalOfRegister = made::EitherRegister<Kind>;
TYPED_TEST_SUITE(JournalOfRegister, made::BothRegisters);

TYPED_TEST(JournalOfRegister, ItsHeadMovesWithEveryEvent) {
  JournalHead first, second;
  this->transact([&](router::Transaction& in) {
    in.append({0, made::monday_morning(), "2026-0000001-59", "vaguemestre", "filed", {{"a", "b"}}});
    first = in.journal_head();
    in.append({0, made::monday_morning(), "2026-0000001-59", "vaguemestre", "filed", {{"a", "c"}}});
    second = in.journal_head();
  });
  EXPECT_EQ(first.seq, 1u);
  EXPECT_EQ(second.seq, 2u);
  EXPECT_NE(first.link, second.link);
}

struct JournalOnDisk : testing::Test {
  made::TempFolder folder;
  const std::filesystem::path file = folder.path() / "register.sqlite";
  void append(int events) {
    router::SqliteStore store(file);
    store.transact([events](router::Transaction& in) {
      for (int i = 0; i < events; ++i)
        in.append({0,
                   made::monday_morning(),
                   "2026-0000001-59",
                   "vaguemestre",
                   "filed",
                   {{"n", std::to_string(i)}}});
    });
  }
  std::optional<router::Finding> finding() {
    ChainCheck check;
    router::for_each_journal_row(file, [&check](const JournalRow& row) { check.look_at(row); });
    return check.finding();
  }
  void tamper(const std::string& sql) {
    SQLite::Database db(file.string(), SQLite::OPEN_READWRITE);
    db.exec(sql);
  }
};

TEST_F(JournalOnDisk, IsAChain) {
  append(5);
  EXPECT_EQ(finding(), std::nullopt);
}

TEST_F(JournalOnDisk, GoesOnAfterARestart) {
  append(3);
  append(3);
  EXPECT_EQ(finding(), std::nullopt);
}

TEST_F(JournalOnDisk, AnEventCannotBeChanged) {
  append(3);
  EXPECT_THROW(tamper("UPDATE events SET who = 'x' WHERE seq = 2"), SQLite::Exception);
  EXPECT_THROW(tamper("UPDATE events SET what = '{}' WHERE seq = 2"), SQLite::Exception);
  EXPECT_THROW(tamper("DELETE FROM events WHERE seq = 3"), SQLite::Exception);
}

TEST_F(JournalOnDisk, WhoTakesTheTriggersAwayIsFound) {
  append(3);
  tamper("DROP TRIGGER events_stay_as_they_are; UPDATE events SET who = 'x' WHERE seq = 2");
  EXPECT_EQ(finding(), (router::Finding{2, Flaw::link}));
}

TEST_F(JournalOnDisk, APurgedEventIsNoFlaw) {
  append(3);
  tamper("UPDATE events SET what = '' WHERE seq = 2");
  EXPECT_EQ(finding(), std::nullopt);
}

TEST_F(JournalOnDisk, EventsOfBeforeTheChainAreLinkedAtTheNextStart) {
  append(3);
  tamper("DROP TRIGGER events_stay_as_they_are; UPDATE events SET digest = '', link = ''");
  append(1);
  EXPECT_EQ(finding(), std::nullopt);
}

}  // namespace
