// What every main needs: settings, a stop signal, a clock, a log, and the one place where a broken
// world is caught (log, exit; `vaguemestre run` or systemd starts the daemon again).
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "belt/config.hpp"
#include "belt/log.hpp"
#include "letter/when.hpp"

namespace belt {

// Exit codes of every executable (docs/operating.md).
enum ExitCode : int {
  exit_ok = 0,
  exit_usage = 1,
  exit_bad_input = 2,
  exit_missing = 3,
  exit_no_answer = 4,
  exit_file_access = 5,
  exit_broken = 6,
  exit_unexplained = 7,  // reconcile: letters or pages that no book explains
  exit_config = 9,
  exit_daemon_config = 78,
  exit_interrupted = 130,
};

struct Daemon {
  Config config;
  Log log;
  std::stop_token stop;                  // asked by SIGTERM or SIGINT
  std::function<letter::Instant()> now;  // the only clock; logs "clock_jumped" when somebody set it
  std::string instance;                  // unique to this life of the process
};

// Parses `--config FILE --state DIR` (state overrides the configuration), blocks SIGPIPE, runs
// `body`, turns exceptions into a log line and exit code.
// Settings that do not load: both languages on stderr, exit 78. BrokenWorld or any other exception: exit 6.
// With VAGUEMESTRE_PARENT = the pid of the `vaguemestre run` that started it, the process is asked to stop
// when the thread that started it ends (PR_SET_PDEATHSIG), and leaves at once if that pid is no longer its
// parent. SIGTERM and SIGINT stay blocked, in forked children too: end those with SIGKILL.
int run_daemon(int argc, char** argv, const std::string& name, const std::function<int(Daemon&)>& body);

// Whether a daemon may start on this machine, of which `missing` says what its walls lack: if anything is,
// only with `insecure` in the settings, and then the log warns. When false, return exit_daemon_config.
bool may_start(Daemon& daemon, const std::optional<letter::Reason>& missing);

letter::Instant now_utc();  // mains of the front command, which are no daemons

}  // namespace belt
