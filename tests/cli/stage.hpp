// A front to run commands in: what they print lands in strings, the clock stands still.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "cli/command.hpp"

struct Stage {
  std::ostringstream out, err;
  letter::Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + std::chrono::hours{9}};
  cli::Front front{"fr", out, err, [this] { return now; }, VAGUEMESTRE_BIN_DIR};

  // Exit code of a parsed command, as main would run it.
  int run(const std::vector<std::string>& words) {
    const auto parsed = cli::parse(words, cli::commands());
    if (!parsed || !parsed->command) return -1;
    return parsed->command->go(parsed->arguments, front);
  }
};
