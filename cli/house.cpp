#include "cli/house.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <ctime>

#include "belt/daemon.hpp"

namespace cli {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds stop_patience{5'000};

// Everything that allocates happens before the fork: ZeroMQ's threads may hold the heap's lock in it.
struct Prepared {
  explicit Prepared(const ChildPlan& plan, const std::filesystem::path& log)
      : words(plan.words), log_file(log) {
    environment = {"VAGUEMESTRE_PARENT=" + std::to_string(::getpid()), "OMP_THREAD_LIMIT=1"};
    for (char** one = environ; *one != nullptr; ++one) {
      const std::string entry = *one;
      if (!entry.starts_with("VAGUEMESTRE_PARENT=") && !entry.starts_with("OMP_THREAD_LIMIT="))
        environment.push_back(entry);
    }
    for (auto& word : words) argv.push_back(word.data());
    for (auto& entry : environment) envp.push_back(entry.data());
    argv.push_back(nullptr);
    envp.push_back(nullptr);
  }
  std::vector<std::string> words, environment;
  std::string log_file;
  std::vector<char*> argv, envp;
};

[[noreturn]] void become(const Prepared& prepared, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) ::_exit(belt::exit_broken);
  ::setpgid(0, 0);  // Ctrl-C is for the front command, which stops them in its own way
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  const int input = ::open("/dev/null", O_RDONLY);
  const int log = ::open(prepared.log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (input < 0 || log < 0) ::_exit(belt::exit_file_access);
  ::dup2(input, 0);
  ::dup2(log, 1);
  ::dup2(log, 2);
  ::execve(prepared.argv[0], prepared.argv.data(), prepared.envp.data());
  ::_exit(belt::exit_missing);
}

void rest(milliseconds pause) {
  const timespec wanted{pause.count() / 1000, (pause.count() % 1000) * 1'000'000};
  ::nanosleep(&wanted, nullptr);
}

tl::unexpected<letter::Reason> child_fault(const char* code, const std::string& name,
                                           const std::filesystem::path& log_dir) {
  const std::string log = (log_dir / (name + ".log")).string();
  if (std::string(code) == "run.child_config")
    return letter::fault(code, "Les réglages ne conviennent pas à « " + name + " ». Voir " + log + ".",
                         "The settings do not suit \"" + name + "\". See " + log + ".");
  return letter::fault(
      code, "« " + name + " » est mort 20 fois en une minute : la maison s'arrête. Voir " + log + ".",
      "\"" + name + "\" died 20 times in a minute: the house stops. See " + log + ".");
}

}  // namespace

House::House(std::filesystem::path log_dir, std::vector<ChildPlan> plans) : log_dir_(std::move(log_dir)) {
  for (auto& plan : plans) children_.emplace_back().plan = std::move(plan);
}

House::~House() {
  for (auto& child : children_) {
    if (child.pid < 0) continue;
    ::kill(child.pid, SIGKILL);
    ::waitpid(child.pid, nullptr, 0);
  }
}

void House::start(Child& child, letter::Instant now) {
  const Prepared prepared(child.plan, log_dir_ / (child.plan.name + ".log"));
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid == 0) become(prepared, parent);
  if (pid < 0) throw letter::BrokenWorld("fork failed");
  child.pid = pid;
  child.started = now;
}

letter::Result<void> House::reap(Child& child, letter::Instant now) {
  int status = 0;
  if (::waitpid(child.pid, &status, WNOHANG) != child.pid) return {};
  child.pid = -1;
  if (WIFEXITED(status) && WEXITSTATUS(status) == belt::exit_daemon_config)
    return child_fault("run.child_config", child.plan.name, log_dir_);
  const auto lived = std::max(milliseconds{0}, now - child.started);
  const auto again = child.restarts.died(now, lived);
  if (!again) return child_fault("run.child_dies", child.plan.name, log_dir_);
  child.due = *again;
  return {};
}

letter::Result<void> House::look(letter::Instant now) {
  for (auto& child : children_) {
    if (child.pid >= 0) {
      if (auto reaped = reap(child, now); !reaped) return reaped;
    }
    // A clock set back must not keep a daemon away.
    if (child.pid < 0 && (now >= child.due || child.due - now > Restarts::longest_pause)) start(child, now);
  }
  return {};
}

std::size_t House::running() const {
  return static_cast<std::size_t>(
      std::count_if(children_.begin(), children_.end(), [](const Child& child) { return child.pid >= 0; }));
}

void House::collect() {
  for (auto& child : children_)
    if (child.pid >= 0 && ::waitpid(child.pid, nullptr, WNOHANG) == child.pid) child.pid = -1;
}

void House::stop() {
  for (const auto& child : children_)
    if (child.pid >= 0) ::kill(child.pid, SIGTERM);
  constexpr milliseconds nap{20};
  for (milliseconds slept{0}; running() > 0 && slept < stop_patience; slept += nap) {
    rest(nap);
    collect();
  }
  for (auto& child : children_) {
    if (child.pid < 0) continue;
    ::kill(child.pid, SIGKILL);
    ::waitpid(child.pid, nullptr, 0);
    child.pid = -1;
  }
}

}  // namespace cli
