#include "belt/daemon.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <typeinfo>
#include <utility>

#include "belt/clock_watch.hpp"

namespace belt {
namespace {

struct Arguments {
  std::filesystem::path config, state;
  bool insecure = false, help = false, wrong = false;
};

Arguments parse(int argc, char** argv) {
  Arguments parsed;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const bool has_value = i + 1 < argc;
    if (word == "--help" || word == "-h")
      parsed.help = true;
    else if (word == "--insecure")
      parsed.insecure = true;
    else if (word == "--config" && has_value)
      parsed.config = argv[++i];
    else if (word == "--state" && has_value)
      parsed.state = argv[++i];
    else
      parsed.wrong = true;
  }
  return parsed;
}

std::string usage(const std::string& name) {
  return "vaguemestre-" + name +
         " [--config FICHIER] [--state DOSSIER] [--insecure]\n"
         "  --config  réglages (TOML) ; sinon VAGUEMESTRE_CONFIG, /etc/vaguemestre/vaguemestre.toml, "
         "défauts\n"
         "            settings; else VAGUEMESTRE_CONFIG, /etc/vaguemestre/vaguemestre.toml, defaults\n"
         "  --state   dossier d'état, prioritaire sur les réglages / state folder, before the settings\n"
         "  --insecure  démarre même si le noyau ne peut isoler les fichiers d'inconnus / start even where "
         "the\n"
         "            kernel cannot wall in strangers' files\n"
         "Exemple : vaguemestre-" +
         name +
         " --state /var/lib/vaguemestre\n"
         "Codes : 0 fin demandée, 1 usage, 6 panne (relancer), 78 réglages. / 0 asked to stop, 1 usage,\n"
         "6 something is broken (start again), 78 settings.\n";
}

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

// A thread that a library began before main (OpenBLAS does) blocks no signal, so the kernel hands it ours,
// and they would end the process at once. It gives the signal back, and blocks it from here on.
void give_back(int signal, siginfo_t*, void* context) {
  sigaddset(&static_cast<ucontext_t*>(context)->uc_sigmask, signal);
  ::kill(::getpid(), signal);
}

// Turns SIGTERM and SIGINT into a stop request. The signals stay blocked, in children too, so that a Ctrl-C
// on a terminal does not kill the children of a reader that stops in its own time.
class StopSignals {
 public:
  StopSignals() {
    const sigset_t set = stop_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    struct sigaction strays {};
    strays.sa_sigaction = give_back;
    strays.sa_flags = SA_SIGINFO | SA_RESTART;
    ::sigaction(SIGTERM, &strays, nullptr);
    ::sigaction(SIGINT, &strays, nullptr);
    signals_ = ::signalfd(-1, &set, SFD_CLOEXEC);
    end_ = ::eventfd(0, EFD_CLOEXEC);
    if (signals_ < 0 || end_ < 0) throw letter::BrokenWorld("no signalfd or eventfd on this machine");
    watcher_ = std::thread([this] { watch(); });
  }
  ~StopSignals() {
    const std::uint64_t one = 1;
    if (::write(end_, &one, sizeof one) < 0) std::abort();  // cannot happen: the counter is 0
    watcher_.join();
    ::close(signals_);
    ::close(end_);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  std::stop_token token() const { return stop_.get_token(); }

 private:
  void watch() {
    std::array<pollfd, 2> ends{{{signals_, POLLIN, 0}, {end_, POLLIN, 0}}};
    for (;;) {
      if (::poll(ends.data(), ends.size(), -1) < 0) continue;
      if (ends[1].revents != 0) return;
      signalfd_siginfo received{};
      if (ends[0].revents != 0 && ::read(signals_, &received, sizeof received) > 0) stop_.request_stop();
    }
  }
  std::stop_source stop_;
  int signals_ = -1, end_ = -1;
  std::thread watcher_;
};

// False when the `vaguemestre run` that started this process is already gone.
bool follow_parent() {
  const char* parent = std::getenv("VAGUEMESTRE_PARENT");
  if (parent == nullptr || *parent == '\0') return true;
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  return std::to_string(::getppid()) == parent;
}

// No dump of a letter on a disk, no file that others may read, no death by a closed pipe.
void settle_in() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__    // which looks into itself at the end
  ::prctl(PR_SET_DUMPABLE, 0);  // nor may another program of the same user look into this one's keys
#endif
  ::umask(0077);
  ::signal(SIGPIPE, SIG_IGN);
}

std::string new_instance(const std::string& name) {
  std::uint64_t chance = 0;
  if (::getrandom(&chance, sizeof chance, 0) != sizeof chance) throw letter::BrokenWorld("no random numbers");
  char tail[64];
  std::snprintf(tail, sizeof tail, "-%d-%016llx", static_cast<int>(::getpid()),
                static_cast<unsigned long long>(chance));
  return name + tail;
}

int run_body(Daemon& daemon, const std::function<int(Daemon&)>& body) {
  try {
    return body(daemon);
  } catch (const letter::BrokenWorld& broken) {
    daemon.log.error("broken_world", {{"what", broken.what()}});
  } catch (const std::exception& unexpected) {
    // The text of a foreign exception may quote a letter; its type cannot.
    daemon.log.error("unexpected_exception", {{"type", typeid(unexpected).name()}});
  } catch (...) {
    daemon.log.error("unexpected_exception");
  }
  return exit_broken;
}

// The machine's time; says when somebody set it. What was stamped keeps its stamp.
std::function<letter::Instant()> watched_clock(Log log) {
  return [log = std::move(log), watch = ClockWatch()]() mutable {
    const letter::Instant now = now_utc();
    const auto steady = std::chrono::steady_clock::now().time_since_epoch();
    if (const auto by = watch.look(now, std::chrono::duration_cast<ClockWatch::Millis>(steady)))
      log.warn("clock_jumped", {{"by_ms", by->count()}});
    return now;
  };
}

}  // namespace

bool may_start(Daemon& daemon, const std::optional<letter::Reason>& missing) {
  if (!missing) return true;
  if (daemon.config.insecure) {
    daemon.log.warn("insecure", {{"reason", *missing}});
    return true;
  }
  daemon.log.error("refused_to_start", {{"reason", *missing}, {"what", missing->en}});
  std::fprintf(stderr, "%s (--insecure)\n", missing->fr.c_str());
  return false;
}

letter::Instant now_utc() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

int run_daemon(int argc, char** argv, const std::string& name, const std::function<int(Daemon&)>& body) {
  const Arguments arguments = parse(argc, argv);
  if (arguments.help || arguments.wrong) {
    std::fputs(usage(name).c_str(), arguments.help ? stdout : stderr);
    return arguments.help ? exit_ok : exit_usage;
  }
  settle_in();
  auto config = load_config(arguments.config, arguments.state);
  if (!config) {
    const auto& reason = config.error();
    std::fprintf(stderr, "vaguemestre-%s: %s\n%s\n", name.c_str(), reason.fr.c_str(), reason.en.c_str());
    return exit_daemon_config;
  }
  config->insecure = config->insecure || arguments.insecure;
  Log log(name, config->log_json);
  try {
    const StopSignals signals;
    if (!follow_parent()) {
      log.error("parent_gone");
      return exit_broken;
    }
    Daemon daemon{std::move(*config), log, signals.token(), watched_clock(log), new_instance(name)};
    daemon.log.info("started", {{"instance", daemon.instance}});
    const int code = run_body(daemon, body);
    daemon.log.info("stopped", {{"code", code}});
    return code;
  } catch (const letter::BrokenWorld& broken) {
    log.error("broken_world", {{"what", broken.what()}});
    return exit_broken;
  }
}

}  // namespace belt
