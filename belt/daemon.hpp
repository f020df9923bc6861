// What every main needs: settings, a stop signal, a clock, a log, and the one place where a broken
// world is caught (log, exit; `vaguemestre run` or systemd starts the daemon again).
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "belt/config.hpp"
#include "belt/log.hpp"
#include "letter/when.hpp"

namespace belt {

// Exit codes of every executable (docs/operating.md).
enum ExitCode : int {
  exit_ok = 0, exit_usage = 1, exit_bad_input = 2, exit_missing = 3, exit_no_answer = 4,
  exit_file_access = 5, exit_broken = 6, exit_config = 9, exit_daemon_config = 78, exit_interrupted = 130,
};

struct Daemon {
  Config config;
  Log log;
  std::stop_token stop;                    // asked by SIGTERM or SIGINT
  std::function<letter::Instant()> now;    // the only clock
  std::string instance;                    // unique to this life of the process
};

// Parses `--config FILE --state DIR` (state overrides the configuration), blocks SIGPIPE, runs
// `body`, turns exceptions into a log line and exit code.
// Also makes the process leave when its parent `vaguemestre run` dies (PR_SET_PDEATHSIG).
int run_daemon(int argc, char** argv, const std::string& name, const std::function<int(Daemon&)>& body);

letter::Instant now_utc();  // mains of the front command, which are no daemons

}  // namespace belt
