// The real daemons, killed one after the other while letters travel: every letter is filed, once.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <thread>

#include "belt/daemon.hpp"
#include "tests/e2e/house_books.hpp"
#include "tests/e2e/short_letters.hpp"

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using e2e::ask_ingest;
using e2e::filed_so_far;
using e2e::Filing;
using e2e::look_at_all;
using e2e::reconciled;
using e2e::vaguemestre;

std::size_t count_of(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

TEST(Daemons, KilledInTurnWhileAHundredLettersTravelTheyFileEachOnce) {
  constexpr int letters = 100;
  e2e::RunningHouse house(2);
  for (int i = 0; i < letters; ++i)
    house.drop("lettre-" + std::to_string(1000 + i) + ".tif", e2e::short_letter(i));

  const auto config = house.config();
  ASSERT_TRUE(e2e::eventually(60s, [&] { return ask_ingest(config).counts.filed_total > 0; }))
      << house.log_of("run");
  std::map<std::string, std::size_t> kills;
  for (const char* name : {"ocr", "classify", "router", "ingest", "station", "ocr", "router", "ingest"}) {
    const auto filed = filed_so_far(config);
    ASSERT_LT(filed, static_cast<std::uint64_t>(letters))
        << "all were filed before every daemon had been killed";
    const auto before = house.daemons(name);
    const pid_t killed = house.kill_one(name);
    ASSERT_NE(killed, 0) << name;
    ++kills[name];
    EXPECT_TRUE(e2e::eventually(3s,
                                [&] {
                                  const auto now = house.daemons(name);
                                  return now.size() == before.size() &&
                                         std::count(now.begin(), now.end(), killed) == 0;
                                }))
        << name << " is not back";
    EXPECT_TRUE(e2e::eventually(60s, [&] { return ask_ingest(config).counts.filed_total >= filed + 4; }))
        << "nothing is filed any more after " << name << " was killed";
  }
  EXPECT_EQ(kills.size(), 5u);
  const bool all_filed = e2e::eventually(300s, [&] {
    const auto spool = ask_ingest(config);
    return spool.counts.filed_total == letters && spool.counts.unfiled() == 0;
  });
  ASSERT_TRUE(all_filed) << "filed: " << ask_ingest(config).counts.filed_total << "\n" << house.log_of("run");
  EXPECT_EQ(ask_ingest(config).counts.received_total, static_cast<std::uint64_t>(letters));

  const Filing filing = look_at_all(config);
  std::set<std::string> ids;
  for (const auto& [id, ref] : filing.cases_by_letter) ids.insert(id);
  EXPECT_EQ(ids.size(), static_cast<std::size_t>(letters));
  EXPECT_EQ(filing.cases_by_letter.size(), static_cast<std::size_t>(letters)) << "a letter lies in two cases";
  EXPECT_EQ(filing.filed_events, static_cast<std::size_t>(letters));

  // Only a reader works on a letter long enough to be caught at it, one letter each.
  const std::string ingest_log = house.log_of("ingest");
  EXPECT_EQ(count_of(ingest_log, " given_up "), 0u);
  EXPECT_LE(count_of(ingest_log, " blamed "), kills["ocr"] + kills["classify"] + kills["router"])
      << ingest_log;
  EXPECT_EQ(reconciled(house.state()), 0);
  RecordProperty("blamed", static_cast<int>(count_of(ingest_log, " blamed ")));
  EXPECT_EQ(house.stop(), belt::exit_ok);
}

// The kills fall on the first look at the pages, on the cut and on the sending, wherever each happens to be.
TEST(Daemons, AStationKilledOverAStackSendsEachOfItsLettersOnce) {
  constexpr int letters = 12;
  e2e::RunningHouse house(2);
  const auto config = house.config();
  ASSERT_TRUE(e2e::eventually(20s, [&] { return ask_ingest(config).answered; })) << house.log_of("run");
  house.drop("pile.tif", e2e::stack_of(letters));
  const auto work = house.hot() / "work";
  ASSERT_TRUE(e2e::eventually(20s, [&] { return fs::exists(work) && !fs::is_empty(work); }));
  const auto kill_station = [&] {
    EXPECT_NE(house.kill_one("station"), 0);
    EXPECT_TRUE(e2e::eventually(5s, [&] { return !house.daemons("station").empty(); }));
  };
  for (const auto pause : {50ms, 400ms, 800ms}) {
    std::this_thread::sleep_for(pause);
    kill_station();
  }
  ASSERT_TRUE(e2e::eventually(60s, [&] { return ask_ingest(config).counts.received_total > 0; }));
  kill_station();
  ASSERT_TRUE(e2e::eventually(60s, [&] { return ask_ingest(config).counts.filed_total > 0; }));
  const fs::path copy = house.state().parent_path() / "copy",
                 restored = house.state().parent_path() / "restored";
  EXPECT_EQ(vaguemestre("backup --state " + house.state().string() + " --to " + copy.string()), 0);
  ASSERT_TRUE(e2e::eventually(120s,
                              [&] {
                                const auto spool = ask_ingest(config);
                                return spool.counts.filed_total >= letters && spool.counts.unfiled() == 0;
                              }))
      << "filed: " << ask_ingest(config).counts.filed_total << "\n"
      << house.log_of("station");
  EXPECT_EQ(look_at_all(config).filed_events, static_cast<std::size_t>(letters));
  EXPECT_EQ(reconciled(house.state()), 0);
  EXPECT_EQ(vaguemestre("restore --from " + copy.string() + " --state " + restored.string()), 0);
  EXPECT_EQ(reconciled(restored), 0) << "what was copied under way contradicts itself";
  EXPECT_TRUE(e2e::eventually(5s, [&] { return fs::is_empty(work); }));
  EXPECT_FALSE(fs::exists(house.hot() / "failed") && !fs::is_empty(house.hot() / "failed"));
}

TEST(Daemons, ADeskInPythonTakesAndAcknowledgesACase) {
  e2e::RunningHouse house(1);
  house.drop("lettre.tif", e2e::short_letter(0));
  const auto config = house.config();
  ASSERT_TRUE(e2e::eventually(60s, [&] { return ask_ingest(config).counts.filed_total == 1; }))
      << house.log_of("run");
  const auto rows = cli::every_case(config);
  ASSERT_TRUE(rows.has_value() && rows->size() == 1u);
  // Debian's own Python: python3-zmq and python3-protobuf are its packages.
  const std::string worker = "/usr/bin/python3 " VAGUEMESTRE_SOURCE_DIR "/tests/e2e/desk_worker.py --state " +
                             house.state().string() + " --queue " + rows->front().queue;
  ASSERT_EQ(std::system(worker.c_str()), 0);
  const auto after = cli::EitherDesk(config).open(rows->front().ref);
  ASSERT_TRUE(after.has_value());
  EXPECT_TRUE(std::ranges::any_of(after->history,
                                  [](const letter::Event& event) { return event.verb == "acknowledged"; }));
}

TEST(Daemons, StopWhenTheirHouseIsKilled) {
  e2e::RunningHouse house(1);
  ASSERT_TRUE(e2e::eventually(20s, [&] { return !house.daemons("ingest").empty(); }));
  const auto ingest = fs::path("/proc") / std::to_string(house.daemons("ingest").front());
  house.kill_house();
  EXPECT_TRUE(e2e::eventually(5s, [&] { return !fs::exists(ingest); }));
}

}  // namespace
