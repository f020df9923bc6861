// The real daemons on a disk that fails once, and on a machine whose clock is set.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/house_books.hpp"
#include "tests/e2e/short_letters.hpp"

namespace {

using namespace std::chrono_literals;
using e2e::ask_ingest;
using e2e::eventually;
using e2e::RunningHouse;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool can_preload = false;  // a sanitizer must be loaded first
#else
constexpr bool can_preload = true;
#endif

struct ADiskThatFailsOnce : testing::TestWithParam<const char*> {
  void SetUp() override {
    if (!can_preload) GTEST_SKIP() << "nothing is preloaded beside a sanitizer";
  }
};

TEST_P(ADiskThatFailsOnce, LosesAndDoublesNothing) {
  constexpr std::uint64_t letters = 3;
  const std::string fault = GetParam(), daemon = fault.substr(0, fault.find(' '));
  RunningHouse house(1, fault);
  for (int i = 0; i < static_cast<int>(letters); ++i)
    house.drop("lettre-" + std::to_string(i) + ".tif", e2e::short_letter(i));
  EXPECT_TRUE(eventually(90s, [&] { return ask_ingest(house.config()).counts.filed_total == letters; }))
      << house.log_of("run") << house.log_of(daemon);
  EXPECT_TRUE(house.was_struck());
  EXPECT_NE(house.log_of(daemon).find("stopped code=6"), std::string::npos) << house.log_of(daemon);
  EXPECT_EQ(e2e::look_at_all(house.config()).filed_events, letters);
  EXPECT_EQ(e2e::reconciled(house.state()), 0);
}

INSTANTIATE_TEST_SUITE_P(Faults, ADiskThatFailsOnce,
                         testing::Values("station fdatasync:5:EIO", "station rename:3:EIO",
                                         "ingest fdatasync:6:EIO", "ingest write:9:ENOSPC",
                                         "router fdatasync:4:EIO", "router pwrite:12:EIO"));

constexpr std::int64_t mebi = 1 << 20;

// Their free space is what the test says.
struct AFullDisk : testing::Test {
  void SetUp() override {
    if (!can_preload) GTEST_SKIP() << "nothing is preloaded beside a sanitizer";
  }
  static bool says(const RunningHouse& house, const std::string& daemon, const std::string& word) {
    return eventually(30s, [&] { return house.log_of(daemon).find(word) != std::string::npos; });
  }
  static bool is_filed(const RunningHouse& house) {
    return eventually(60s, [&] { return ask_ingest(house.config()).counts.filed_total == 1; });
  }
};

TEST_F(AFullDisk, AtTheStationLeavesTheFileWhereItIsUntilThereIsRoom) {
  RunningHouse house(1, "station");
  house.set_free(31 * mebi);
  house.drop("lettre.tif", e2e::short_letter(0));
  ASSERT_TRUE(says(house, "station", "station.no_space")) << house.log_of("station");
  EXPECT_TRUE(std::filesystem::exists(house.hot() / "lettre.tif"));
  house.set_free(64 * mebi);
  EXPECT_TRUE(is_filed(house)) << house.log_of("station");
  EXPECT_NE(house.log_of("station").find("room_again"), std::string::npos);
  EXPECT_EQ(e2e::reconciled(house.state()), 0);
}

TEST_F(AFullDisk, AtIngestLeavesTheLetterWithTheStationWhichSendsItAgain) {
  RunningHouse house(1, "ingest");
  house.set_free(1024 * mebi);  // the letter would go below the floor
  house.drop("lettre.tif", e2e::short_letter(0));
  ASSERT_TRUE(says(house, "ingest", "intake.no_space")) << house.log_of("ingest");
  EXPECT_EQ(ask_ingest(house.config()).counts.received_total, 0U);
  EXPECT_FALSE(std::filesystem::is_empty(house.hot() / "work"));
  house.set_free(std::int64_t{1} << 50);
  EXPECT_TRUE(is_filed(house)) << house.log_of("ingest");
  EXPECT_EQ(e2e::reconciled(house.state()), 0);
}

TEST(AClockThatIsSet, ChangesNoReceiptAndNoDeadlineAndIsLogged) {
  if (!can_preload) GTEST_SKIP() << "nothing is preloaded beside a sanitizer";
  RunningHouse house(1, "router");
  const auto config = house.config();
  house.drop("lettre-0.tif", e2e::short_letter(0));
  ASSERT_TRUE(eventually(60s, [&] { return ask_ingest(config).counts.filed_total == 1; }));
  const auto before = cli::every_case(config).value();
  house.set_clock_ahead(24h * 400);
  ASSERT_TRUE(
      eventually(20s, [&] { return house.log_of("router").find("clock_jumped") != std::string::npos; }));
  house.drop("lettre-1.tif", e2e::short_letter(1));
  ASSERT_TRUE(eventually(60s, [&] { return ask_ingest(config).counts.filed_total == 2; }));
  const auto rows = cli::every_case(config).value();
  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(std::ranges::count(rows, before.front()), 1) << "the first case is not what it was";
  ASSERT_EQ(rows.size(), 2U);
  for (const auto& row : rows) EXPECT_EQ(row.deadlines, before.front().deadlines) << row.ref;
}

}  // namespace
