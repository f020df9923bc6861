#include "ocr/nursery.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <new>

#include "ocr/parcel.hpp"

extern "C" {
#include <sys/pidfd.h>  // glibc 2.36 forgot to say so itself
}

namespace ocr {
namespace {

constexpr int exit_crashed = 1, exit_no_memory = 3;

// Nothing of the process that made us: its sockets, its keys' files, its terminal's stop signals.
void cut_loose(int& socket) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(socket, 3);
  socket = 3;
  ::fcntl(socket, F_SETFD, FD_CLOEXEC);
  ::close_range(4, ~0U, 0);
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(nowhere, 0), ::dup2(nowhere, 1);
  if (nowhere > 3) ::close(nowhere);
  ::signal(SIGINT, SIG_IGN), ::signal(SIGTERM, SIG_IGN);
}

void set_limits(std::uint64_t limit_ms) {
  const auto cap = [](auto which, std::uint64_t most) {
    const rlimit limit{most, most};
    ::setrlimit(which, &limit);
  };
#ifndef __SANITIZE_ADDRESS__  // whose shadow alone is larger
  cap(RLIMIT_AS, child_memory_bytes);
#endif
  cap(RLIMIT_CPU, limit_ms / 1000 + 5);
  cap(RLIMIT_CORE, 0);
  cap(RLIMIT_FSIZE, most_parcel_bytes);
  cap(RLIMIT_NOFILE, 64);
}

// One letter in a process of its own, which may die of it.
[[noreturn]] void read_one(const Zygote::Reader& reader, const Arrived& job, int answer) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  set_limits(job.packet.limit_ms);
  // What libraries complain of goes nowhere: it may quote the letter.
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  ::dup2(nowhere, 2);
  // The walls go up here: everything is loaded, nothing has been read (NO_NEW_PRIVS, Landlock, seccomp).
  try {
    const auto frames = get_frames(job.memory);
    const auto work =
        frames ? letter::decode_work(*frames) : letter::Result<letter::Work>(letter::fault("", "", ""));
    if (!work) ::_exit(exit_crashed);
    put_frames(answer, letter::encode(reader(*work, static_cast<Task>(job.packet.what))));
    ::_exit(0);
  } catch (const std::bad_alloc&) {
    ::_exit(exit_no_memory);
  } catch (...) {
    ::_exit(exit_crashed);
  }
}

int timer(std::uint64_t ms) {
  const int fd = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  itimerspec when{};
  when.it_value.tv_sec = static_cast<time_t>(ms / 1000);
  when.it_value.tv_nsec = static_cast<long>(ms % 1000) * 1'000'000 + 1;
  if (fd < 0 || ::timerfd_settime(fd, 0, &when, nullptr) != 0) ::_exit(exit_crashed);
  return fd;
}

Outcome outcome_of(int status, bool over_time) {
  if (over_time) return Outcome::over_time;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return Outcome::read;
  if (WIFEXITED(status) && WEXITSTATUS(status) == exit_no_memory) return Outcome::out_of_memory;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) return Outcome::over_time;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return Outcome::out_of_memory;  // not by us
  return Outcome::crashed;
}

// Waits for the child's end, its time's end, or the end of whoever wants the answer.
Outcome mind(pid_t child, std::uint64_t limit_ms, int socket) {
  const int watched = ::pidfd_open(child, 0), clock = timer(limit_ms);
  if (watched < 0) ::_exit(exit_crashed);
  std::array<pollfd, 3> ends{{{watched, POLLIN, 0}, {clock, POLLIN, 0}, {socket, 0, 0}}};
  while (::poll(ends.data(), ends.size(), -1) < 0 && errno == EINTR) {
  }
  if (ends[2].revents != 0) ::_exit(0);  // nobody wants it any more; the child dies with us
  const bool over_time = ends[0].revents == 0;
  if (over_time) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  ::close(watched), ::close(clock);
  return outcome_of(status, over_time);
}

Zygote::Reader load_or_leave(int socket, const Zygote::Load& load) {
  try {
    Zygote::Reader reader = load();
    send_packet(socket, {static_cast<std::uint8_t>(Outcome::loaded), 0}, -1);
    return reader;
  } catch (const std::exception& broken) {
    const int why = new_memory();
    put_frames(why, {broken.what()});
    send_packet(socket, {static_cast<std::uint8_t>(Outcome::broken), 0}, why);
    ::_exit(exit_crashed);
  }
}

}  // namespace

void mind_children(int socket, const Zygote::Load& load) {
  cut_loose(socket);
  const Zygote::Reader reader = load_or_leave(socket, load);
  for (bool gone = false;;) {
    const auto job = receive_packet(socket, Wait::yes, gone);
    if (!job) ::_exit(0);
    const int answer = new_memory();
    const pid_t child = ::fork();
    if (child == 0) read_one(reader, *job, answer);
    if (child < 0) ::_exit(exit_crashed);
    const Outcome outcome = mind(child, job->packet.limit_ms, socket);
    send_packet(socket, {static_cast<std::uint8_t>(outcome), 0}, outcome == Outcome::read ? answer : -1);
    ::close(answer), ::close(job->memory);
  }
}

}  // namespace ocr
