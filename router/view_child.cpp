#include "router/view_child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "letter/result.hpp"

namespace router {

namespace {

using letter::BrokenWorld;

// The input as a file in memory: the child reads it at its own pace and this process never waits.
int memory_file(const std::string& bytes) {
  const int fd = ::memfd_create("master", MFD_CLOEXEC);
  if (fd < 0) throw BrokenWorld("no memory file for a page");
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t n = ::write(fd, bytes.data() + at, bytes.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      ::close(fd);
      throw BrokenWorld("no memory for a page");
    }
    at += static_cast<std::size_t>(n);
  }
  ::lseek(fd, 0, SEEK_SET);
  return fd;
}

struct Start {
  const char* program;
  char* const* arguments;
  char* const* environment;
  int input_fd, output_fd;
};

// Between fork and exec in a process with threads: system calls only.
[[noreturn]] void become(const Start& start) {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::setpgid(0, 0);
  const int nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(start.input_fd, 0);
  ::dup2(start.output_fd, 1);
  ::dup2(nowhere, 2);
  ::syscall(SYS_close_range, 3U, ~0U, 0U);
  ::execve(start.program, start.arguments, start.environment);
  ::_exit(127);
}

}  // namespace

ViewChild::ViewChild(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                     const std::string& input, ViewLimits limits)
    : limits_(limits) {
  std::vector<std::string> words{program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.insert(words.end(), {"--memory", std::to_string(limits.memory_bytes), "--decoded",
                             std::to_string(limits.decoded_bytes), "--ms", std::to_string(limits.ms_a_page)});
  if (limits.insecure) words.push_back("--insecure");
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::array<std::string, 3> settings{"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8",
                                      "OMP_THREAD_LIMIT=1"};
  std::array<char*, 4> environment{settings[0].data(), settings[1].data(), settings[2].data(), nullptr};

  const int input_fd = memory_file(input);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    ::close(input_fd);
    throw BrokenWorld("no pipe for a page");
  }
  pid_ = ::fork();
  if (pid_ == 0) become({words[0].c_str(), argv.data(), environment.data(), input_fd, pipe[1]});
  ::close(input_fd);
  ::close(pipe[1]);
  output_fd_ = pipe[0];
  ::fcntl(output_fd_, F_SETFL, O_NONBLOCK);
  if (pid_ < 0) {
    ::close(output_fd_);
    throw BrokenWorld("no child for a page");
  }
}

ViewChild::~ViewChild() {
  kill();
  ::close(output_fd_);
}

void ViewChild::kill() {
  if (pid_ <= 0) return;
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
}

bool ViewChild::drain() {
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t n = ::read(output_fd_, buffer.data(), buffer.size());
    if (n == 0) return true;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno != EAGAIN;
    output_.append(buffer.data(), static_cast<std::size_t>(n));
    if (output_.size() > limits_.output_bytes) return true;
  }
}

ViewChild::State ViewChild::step() {
  if (state_ != State::running) return state_;
  ended_ = ended_ || drain();
  if (!ended_) return state_;
  if (output_.size() > limits_.output_bytes) {
    kill();
    return state_ = State::failed;
  }
  // Its output ends a moment before it does.
  int status = 0;
  pid_t gone = 0;
  for (int tries = 0; tries < 10 && gone == 0; ++tries) {
    gone = ::waitpid(pid_, &status, WNOHANG);
    if (gone == 0) ::usleep(1'000);
  }
  if (gone == 0) return state_;
  pid_ = -1;
  const bool good = gone > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 && !output_.empty();
  return state_ = good ? State::done : State::failed;
}

}  // namespace router
