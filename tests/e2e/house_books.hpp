// What a running house says of its letters: the spool's counts, the register's cases, the reconciliation.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

#include "cli/registry.hpp"
#include "tests/e2e/running_house.hpp"

namespace e2e {

struct Spool {
  cli::SpoolCounts counts;
  bool answered = false;
};

inline Spool ask_ingest(const belt::Config& config) {
  const auto line = cli::DeskLine::to_ingest(config, cli::ops_id);
  if (!line) return {};
  const auto counts = cli::spool_counts(**line);
  return counts ? Spool{*counts, true} : Spool{};
}

inline std::uint64_t filed_so_far(const belt::Config& config) {
  Spool spool;
  EXPECT_TRUE(
      e2e::eventually(std::chrono::seconds(20), [&] { return (spool = ask_ingest(config)).answered; }));
  return spool.counts.filed_total;
}

struct Filing {
  std::multimap<std::string, std::string> cases_by_letter;
  std::size_t filed_events = 0;
};

inline Filing look_at_all(const belt::Config& config) {
  Filing filing;
  const auto rows = cli::every_case(config);
  if (!rows) return filing;
  cli::EitherDesk desk(config);
  for (const auto& row : *rows) {
    const auto file = desk.open(row.ref);
    if (!file) continue;
    for (const auto& sorted : file->letters)
      filing.cases_by_letter.emplace(letter::text(sorted.read.letter.id), row.ref);
    for (const auto& event : file->history) filing.filed_events += event.verb == "filed";
  }
  return filing;
}

// What the front command answers to the shell.
inline int vaguemestre(const std::string& words) {
  return std::system((VAGUEMESTRE_BIN_DIR "/vaguemestre " + words).c_str());
}

// 0 when every letter and page is accounted for.
inline int reconciled(const std::filesystem::path& state) {
  return vaguemestre("reconcile --state " + state.string());
}

}  // namespace e2e
