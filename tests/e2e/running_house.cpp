#include "tests/e2e/running_house.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

namespace e2e {

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

fs::path temporary_folder() {
  std::string pattern = (fs::temp_directory_path() / "house-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  return pattern;
}

// "1234 (name) S PARENT ...": the name may hold anything, so the parent is read after the last bracket.
pid_t parent_of(const fs::path& entry) {
  const std::string stat = text_of(entry / "stat");
  const auto end = stat.rfind(')');
  pid_t parent = 0;
  char state = ' ';
  if (end != std::string::npos) std::istringstream(stat.substr(end + 1)) >> state >> parent;
  return state == 'Z' ? 0 : parent;
}

}  // namespace

RunningHouse::RunningHouse(int readers, const std::string& fault) : dir_(temporary_folder()) {
  fs::create_directories(hot());
  const std::string exe = VAGUEMESTRE_BIN_DIR "/vaguemestre", state_dir = state().string(),
                    hot_dir = hot().string(), count = std::to_string(readers),
                    out = (dir_ / "run.out").string();
  pid_ = ::fork();
  if (pid_ != 0) return;
  const int fd = ::open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(fd, 1);
  ::dup2(fd, 2);
  if (!fault.empty()) preload(fault);
  ::execl(exe.c_str(), exe.c_str(), "run", "--state", state_dir.c_str(), "--hot-folder", hot_dir.c_str(),
          "--box", "TSA 20202", "--readers", count.c_str(), static_cast<char*>(nullptr));
  ::_exit(127);
}

RunningHouse::~RunningHouse() {
  stop();
  std::error_code gone;
  fs::remove_all(dir_, gone);
}

belt::Config RunningHouse::config() const { return belt::load_config({}, state()).value(); }

void RunningHouse::drop(const std::string& name, const std::string& bytes) const {
  const fs::path part = hot() / ("." + name + ".part");
  std::ofstream(part, std::ios::binary) << bytes;
  fs::rename(part, hot() / name);
}

std::vector<pid_t> RunningHouse::daemons(const std::string& name) const {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string number = entry.path().filename().string();
    if (!std::all_of(number.begin(), number.end(), ::isdigit) || parent_of(entry.path()) != pid_) continue;
    const std::string words = text_of(entry.path() / "cmdline");
    if (fs::path(words.c_str()).filename() == "vaguemestre-" + name) found.push_back(std::stoi(number));
  }
  return found;
}

pid_t RunningHouse::kill_one(const std::string& name) const {
  const auto found = daemons(name);
  if (found.empty()) return 0;
  ::kill(found.front(), SIGKILL);
  return found.front();
}

void RunningHouse::preload(const std::string& fault) const {
  const auto space = fault.find(' ');
  const std::string program = fault.substr(0, space);
  ::setenv("LD_PRELOAD", VAGUEMESTRE_BIN_DIR "/failing_disk.so", 1);
  ::setenv("FAULT_IN", ("vaguemestre-" + program).c_str(), 1);
  ::setenv("FAULT_UNDER", dir_.c_str(), 1);
  ::setenv("FAULT_MARK", (dir_ / "struck").c_str(), 1);
  ::setenv("CLOCK_FILE", (dir_ / "clock").c_str(), 1);
  ::setenv("FREE_FILE", (dir_ / "free").c_str(), 1);
  if (space != std::string::npos) ::setenv("FAULT", fault.substr(space + 1).c_str(), 1);
}

bool RunningHouse::was_struck() const { return fs::exists(dir_ / "struck"); }

void RunningHouse::set_clock_ahead(std::chrono::milliseconds by) const { tell("clock", by.count()); }

void RunningHouse::set_free(std::int64_t bytes) const { tell("free", bytes); }

void RunningHouse::tell(const std::string& name, std::int64_t number) const {
  std::ofstream(dir_ / (name + ".new")) << number;
  fs::rename(dir_ / (name + ".new"), dir_ / name);
}

bool RunningHouse::is_up() const { return pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == 0; }

int RunningHouse::stop() {
  if (pid_ <= 0) return -1;
  ::kill(pid_, SIGTERM);
  int status = 0;
  const bool ended =
      eventually(std::chrono::seconds(20), [&] { return ::waitpid(pid_, &status, WNOHANG) != 0; });
  if (!ended) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, &status, 0);
  }
  pid_ = -1;
  return ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void RunningHouse::kill_house() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::string RunningHouse::log_of(const std::string& name) const {
  return name == "run" ? text_of(dir_ / "run.out") : text_of(state() / "log" / (name + ".log"));
}

bool eventually(std::chrono::seconds patience, const std::function<bool()>& is_so) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    if (is_so()) return true;
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

}  // namespace e2e
