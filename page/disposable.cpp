#include "page/disposable.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#ifdef __SANITIZE_ADDRESS__
#define VAGUEMESTRE_SANITIZED 1  // maps terabytes, and opens pipes to test addresses
#endif
#ifdef __SANITIZE_THREAD__
#define VAGUEMESTRE_SANITIZED 1
#endif

namespace page {
namespace {

constexpr int way_back = 3;

[[maybe_unused]] std::uint64_t mapped_bytes() {
  unsigned long pages = 0;
  if (std::FILE* statm = std::fopen("/proc/self/statm", "re")) {
    if (std::fscanf(statm, "%lu", &pages) != 1) pages = 0;
    std::fclose(statm);
  }
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void limit(__rlimit_resource what, std::uint64_t most) {
  const rlimit value{most, most};
  ::setrlimit(what, &value);
}

void give_up_everything(int answer_fd, const ChildLimits& limits) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#ifndef VAGUEMESTRE_SANITIZED
  limit(RLIMIT_AS, mapped_bytes() + limits.memory_bytes);
  limit(RLIMIT_NOFILE, way_back + 1);
#endif
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CPU, limits.seconds);
  if (answer_fd != way_back) ::dup2(answer_fd, way_back);
  ::close_range(way_back + 1, ~0u, 0);
  ::signal(SIGALRM, SIG_DFL);
  ::alarm(limits.seconds);
}

bool write_all(int fd, const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

// "+" and the answer, or "-" and the reason's three texts, each ended by a zero byte.
[[noreturn]] void be_the_child(const std::function<letter::Result<std::string>()>& work) {
  try {
    const auto answer = work();
    const std::string message =
        answer ? "+" + *answer
               : "-" + answer.error().code + '\0' + answer.error().fr + '\0' + answer.error().en + '\0';
    if (write_all(way_back, message)) ::_exit(0);
  } catch (...) {  // out of memory, or a library's own: the parent says "died"
  }
  ::_exit(1);
}

std::string read_answer(int fd, std::uint64_t most) {
  std::string answer, piece(1u << 16, '\0');
  while (answer.size() <= most) {
    const ssize_t n = ::read(fd, piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    answer.append(piece, 0, static_cast<std::size_t>(n));
  }
  return answer;
}

letter::Reason read_reason(const std::string& answer, const letter::Reason& died) {
  const std::size_t fr = answer.find('\0'), en = answer.find('\0', fr + 1);
  if (fr == std::string::npos || en == std::string::npos || answer.back() != '\0') return died;
  return {answer.substr(1, fr - 1), answer.substr(fr + 1, en - fr - 1),
          answer.substr(en + 1, answer.size() - en - 2)};
}

}  // namespace

letter::Result<std::string> in_child(const std::function<letter::Result<std::string>()>& work,
                                     const letter::Reason& died, const ChildLimits& limits) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw letter::BrokenWorld("no pipe for a child");
  const pid_t child = ::fork();
  if (child < 0) throw letter::BrokenWorld("no child can be made");
  if (child == 0) {
    give_up_everything(ends[1], limits);
    be_the_child(work);
  }
  ::close(ends[1]);
  const std::string answer = read_answer(ends[0], limits.answer_bytes);
  ::close(ends[0]);
  if (answer.size() > limits.answer_bytes) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || answer.empty()) return tl::unexpected(died);
  if (answer[0] == '+') return answer.substr(1);
  return tl::unexpected(read_reason(answer, died));
}

}  // namespace page
