#include "page/disposable.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <new>

#include "page/easel.hpp"
#include "page/sheets.hpp"
#include "page/walls.hpp"

extern "C" {
#include <sys/pidfd.h>  // glibc 2.36 forgot to say so itself
}

namespace page {
namespace {

constexpr int exit_crashed = 1, exit_no_memory = 3;

int must(int fd) {
  if (fd < 0) throw letter::BrokenWorld("no descriptor to mind a child with");
  return fd;
}

class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { reset(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }
  void reset(int fd = -1) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }

 private:
  int fd_;
};

int reap(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// How long a process was ready and got no processor; 0 where the kernel does not say.
std::chrono::milliseconds kept_waiting(pid_t pid) {
  if (pid <= 0) return {};
  std::ifstream stat("/proc/" + std::to_string(pid) + "/schedstat");
  std::uint64_t ran_ns = 0, waited_ns = 0;
  stat >> ran_ns >> waited_ns;
  return std::chrono::milliseconds(waited_ns / 1'000'000);
}

End end_of(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return End::done;
  if (WIFEXITED(status) && WEXITSTATUS(status) == exit_no_memory) return End::out_of_memory;
  if (!WIFSIGNALED(status)) return End::crashed;
  if (WTERMSIG(status) == SIGXCPU) return End::over_time;
  if (WTERMSIG(status) == SIGKILL) return End::out_of_memory;  // not by us: by the kernel
  return WTERMSIG(status) == SIGSYS ? End::forbidden : End::crashed;
}

struct Ends {
  Fd parents, childs;
  Ends() {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair.data()) != 0)
      throw letter::BrokenWorld("socketpair failed");
    parents.reset(pair[0]), childs.reset(pair[1]);
  }
};

[[noreturn]] void live(const Job& job, const Easel& easel, int parents_socket, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(exit_crashed);
  keep_only({job.answer, parents_socket, easel.pdf(), easel.pixels(), easel.complaints(), job.parcel});
  ::signal(SIGXFSZ, SIG_IGN);  // a write that is too long fails, and that is noticed
  Allowance allowance;
  allowance.memory_bytes = job.room.memory_bytes;
  allowance.file_bytes = std::max(job.room.answer_bytes, most_file_bytes);
  allowance.cpu_s = std::uint64_t{job.room.ms_a_page} * (job.room.pages + 1) / 1000 + 2;
  allowance.descriptors = descriptor_of_parcel + 1;
  wall_in_reader(allowance);
  try {
    job.work();
    ::_exit(0);
  } catch (const std::bad_alloc&) {
    ::_exit(exit_no_memory);
  } catch (...) {
    ::_exit(exit_crashed);
  }
}

// What the parent does while the child lives: draws for it, gives it time for each page, sees it end.
class Minder {
 public:
  Minder(const Job& job, const Easel& easel, pid_t child, int asks)
      : job_(job),
        easel_(easel),
        child_(child),
        child_end_(must(::pidfd_open(child, 0))),
        clock_(must(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC))),
        asks_(asks),
        pages_left_(job.room.pages) {
    begin_page();
  }
  ~Minder() {
    stop_drawing();
    if (child_ < 0) return;
    ::kill(child_, SIGKILL);
    reap(child_);
  }
  Minder(const Minder&) = delete;
  Minder& operator=(const Minder&) = delete;

  End mind() {
    for (;;) {
      std::array<pollfd, 5> ends{{{child_end_.get(), POLLIN, 0},
                                  {clock_.get(), POLLIN, 0},
                                  {job_.wanted_by, 0, 0},
                                  {drawing_ > 0 ? -1 : asks_, POLLIN, 0},
                                  {drawing_end_.get(), POLLIN, 0}}};
      if (::poll(ends.data(), ends.size(), -1) < 0) continue;
      if (ends[2].revents != 0) return End::unwanted;
      if (ends[0].revents != 0) return end_of(reap(std::exchange(child_, -1)));
      if (ends[1].revents != 0 && !has_time_left()) return End::over_time;
      if (ends[3].revents != 0) take_order();
      if (ends[4].revents != 0) drawn();
    }
  }

 private:
  void begin_page() {
    passed_ = {};
    waited_before_ = kept_waiting(child_);
    waited_drawing_ = {};
    ring_in(std::chrono::milliseconds(job_.room.ms_a_page));
  }

  void ring_in(std::chrono::milliseconds time) {
    rings_in_ = time;
    itimerspec when{};
    when.it_value.tv_sec = time.count() / 1000;
    when.it_value.tv_nsec = static_cast<long>(time.count() % 1000) * 1'000'000 + 1;
    must(::timerfd_settime(clock_.get(), 0, &when, nullptr));
  }

  // On a busy machine a page's time may pass while the page waits for a processor: that is not its own time,
  // and it gets it back, up to a wall clock of `most_stretch` times as much.
  bool has_time_left() {
    constexpr int most_stretch = 6;
    const std::chrono::milliseconds allowed(job_.room.ms_a_page);
    passed_ += rings_in_;
    const auto waited = kept_waiting(child_) - waited_before_ + kept_waiting(drawing_) + waited_drawing_;
    if (passed_ - waited >= allowed || passed_ >= most_stretch * allowed) return false;
    ring_in(std::max(allowed - (passed_ - waited), std::chrono::milliseconds(20)));
    return true;
  }

  // Whatever a hostile child sends, it is an order in bounds, a page's beginning, or nothing.
  void take_order() {
    Order order;
    const ssize_t got = ::recv(asks_, &order, sizeof order, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) asks_ = -1;  // it has hung up; its end is near
    if (got != sizeof order) return;
    if (order.page == 0) {
      if (pages_left_ > 0) --pages_left_, begin_page();
      return;
    }
    drawing_ = easel_.start(order);
    if (drawing_ > 0)
      drawing_end_.reset(must(::pidfd_open(drawing_, 0)));
    else
      answer(false);
  }

  void drawn() {
    waited_drawing_ += kept_waiting(drawing_);
    const int status = reap(std::exchange(drawing_, -1));
    drawing_end_.reset();
    answer(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  void answer(bool well) const { ::send(asks_, &well, sizeof well, MSG_NOSIGNAL | MSG_DONTWAIT); }

  void stop_drawing() {
    if (drawing_ <= 0) return;
    ::kill(drawing_, SIGKILL);
    reap(std::exchange(drawing_, -1));
  }

  const Job& job_;
  const Easel& easel_;
  pid_t child_, drawing_ = -1;
  Fd child_end_, clock_, drawing_end_;
  int asks_;
  std::uint32_t pages_left_;
  std::chrono::milliseconds rings_in_{}, passed_{};  // of the page, by wall clock
  std::chrono::milliseconds waited_before_{};        // for a processor, on earlier pages
  std::chrono::milliseconds waited_drawing_{};       // drawings of this page that have ended
};

letter::Reason read_reason(const std::string& answer, const letter::Reason& died) {
  const std::size_t fr = answer.find('\0'), en = answer.find('\0', fr + 1);
  if (fr == std::string::npos || en == std::string::npos || answer.back() != '\0') return died;
  return {answer.substr(1, fr - 1), answer.substr(fr + 1, en - fr - 1),
          answer.substr(en + 1, answer.size() - en - 2)};
}

letter::Reason reason_of(End end, const letter::Reason& died) {
  if (end == End::over_time)
    return {"child.time", "Ouvrir ce fichier a dépassé le temps permis.",
            "Opening this file took longer than allowed."};
  if (end == End::out_of_memory)
    return {"child.memory", "Ouvrir ce fichier a dépassé la mémoire permise.",
            "Opening this file took more memory than allowed."};
  if (end == End::forbidden)
    return {"child.forbidden", "Ouvrir ce fichier a fait tenter ce qu’aucune lecture ne fait.",
            "Opening this file led to what no reading ever does."};
  return died;
}

}  // namespace

Room room_for(const FileLimits& limits) {
  Room room;
  room.ms_a_page = limits.decode_ms, room.memory_bytes = limits.child_bytes;
  return room;
}

End run_walled(const Job& job) {
  const Easel easel;
  Ends ends;
  const pid_t parent = ::getpid(), child = ::fork();
  if (child < 0) throw letter::BrokenWorld("no child can be made");
  if (child == 0) live(job, easel, ends.childs.get(), parent);
  ends.childs.reset();
  return Minder(job, easel, child, ends.parents.get()).mind();
}

letter::Result<std::string> in_child(const std::function<letter::Result<std::string>()>& work,
                                     const letter::Reason& died, const Room& room) {
  if (inside_walls()) return work();
  const MemoryFile file;
  Job job;
  job.room = room;
  job.answer = file.fd();
  // "+" and the answer, or "-" and the reason's three texts, each ended by a zero byte.
  job.work = [&] {
    const auto answer = work();
    const std::string message =
        answer ? "+" + *answer
               : "-" + answer.error().code + '\0' + answer.error().fr + '\0' + answer.error().en + '\0';
    if (!put_file(descriptor_of_answer, message)) ::_exit(exit_crashed);
  };
  const End end = run_walled(job);
  const std::string answer = whole_file(file.fd(), room.answer_bytes + 1);
  if (end != End::done || answer.empty()) return tl::unexpected(reason_of(end, died));
  if (answer[0] == '+') return answer.substr(1);
  return tl::unexpected(read_reason(answer, died));
}

void page_begins() {
  if (!inside_walls()) return;
  const Order begins;
  if (::write(descriptor_of_parent, &begins, sizeof begins) < 0) ::_exit(exit_crashed);
}

}  // namespace page
