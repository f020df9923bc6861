// A station with its hot folder on a disk of its own, and an ingest that is this test.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingest/station.hpp"
#include "letters.hpp"
#include "tests/vault/temp_folder.hpp"
#include "tests/vault/watched_disk.hpp"

namespace ingest {

struct StationScene : testing::Test {
  vault::TempFolder temp;
  std::filesystem::path hot = temp.path / "hot";
  StationSettings settings;
  std::unique_ptr<Station> station;
  const std::string today = letter::iso(letter::paris_day(first_instant));

  StationScene() {
    std::filesystem::create_directory(hot);
    settings.hot = hot;
    settings.journal = temp.path / "state";
    settings.name = "T1";
    settings.done_hours = 24;
  }
  void start(std::shared_ptr<vault::Disk> disk = std::make_shared<vault::SystemDisk>()) {
    station.reset();
    station = std::make_unique<Station>(settings, std::move(disk));
  }
  void put(const std::string& name, const std::string& bytes) const {
    vault::SystemDisk().write_synced(hot / name, bytes, 0600);
  }
  // Everything that is due, as ingest would see it.
  std::vector<letter::Submission> send_all() const {
    std::vector<letter::Submission> sent;
    for (const std::uint32_t number : station->due(Millis(0)))
      if (auto submission = station->submission(number)) {
        station->sent(number, Millis(0));
        sent.push_back(std::move(*submission));
      }
    return sent;
  }
  void receive(const letter::Submission& submission) const {
    station->receipt({submission.letter.id, first_instant, ""});
  }
  static std::vector<std::string> names(const std::filesystem::path& dir) {
    return vault::SystemDisk().names(dir);
  }

  // The disk breaks at every step in turn and the station starts again: each letter that ingest saw keeps
  // its number, its facts and its bytes, and the file `bytes` of so many letters is kept. Gives the steps.
  enum class Kept { yes, no };  // closed envelopes do not stay in done/
  std::size_t break_at_every_step(const std::string& bytes, std::size_t letters, Kept kept = Kept::yes) {
    std::size_t step = 0;
    for (bool whole_way = false; !whole_way && step < 150; ++step) {
      SCOPED_TRACE(step);
      settings.journal = temp.path / ("state" + std::to_string(step));
      settings.hot = hot = temp.path / ("hot" + std::to_string(step));
      std::filesystem::create_directory(hot);
      put("scan.tif", bytes);
      std::map<letter::LetterId, letter::Submission> seen;
      whole_way = take_with_disk_that_breaks(step, seen);
      EXPECT_TRUE(station->idle());
      EXPECT_EQ(seen.size(), letters);
      const auto done = vault::SystemDisk().read(hot / "done" / today / "scan.tif");
      EXPECT_EQ(done, kept == Kept::yes ? std::optional(bytes) : std::nullopt);
      EXPECT_THAT(names(hot / "work"), testing::Each(testing::StartsWith(".")));
    }
    EXPECT_LT(step, 150U);
    return step;
  }

 private:
  // True when the disk held.
  bool take_with_disk_that_breaks(std::size_t step, std::map<letter::LetterId, letter::Submission>& seen) {
    const auto go = [&] {
      if (std::filesystem::exists(hot / "scan.tif")) station->take("scan.tif");
      for (const auto& submission : send_all()) {
        const auto [place, fresh] = seen.emplace(submission.letter.id, submission);
        EXPECT_EQ(place->second, submission);
        receive(submission);
      }
    };
    auto disk = std::make_shared<vault::WatchedDisk>();
    disk->breaks_at = step;
    try {
      start(disk);
      go();
      return true;
    } catch (const letter::BrokenWorld&) {
      start();
      go();
      return false;
    }
  }
};

}  // namespace ingest
