// Something tried by a walled child, as root or as an ordinary user, and what became of it.
#pragma once

#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <functional>
#include <string>

#include "page/disposable.hpp"
#include "page/memory_file.hpp"
#include "page/walls.hpp"

namespace behind_walls {

enum class Who { ourselves, ordinary_user };

struct Outcome {
  page::End end = page::End::crashed;
  std::string said;
};

// What an attempt says: that it was done, or why not.
inline std::string told(long result) { return result >= 0 ? "done" : std::to_string(errno); }
inline std::string refused(int why) { return std::to_string(why); }

inline Outcome attempt_here(const std::function<std::string()>& attempt, const page::Room& room) {
  const page::MemoryFile answer;
  page::Job job;
  job.work = [&] { page::put_file(page::descriptor_of_answer, attempt()); };
  job.room = room;
  job.answer = answer.fd();
  Outcome outcome;
  outcome.end = page::run_walled(job);
  outcome.said = page::whole_file(answer.fd(), 1u << 20);
  return outcome;
}

constexpr unsigned nobody = 65534;

// In a forked process that gives up being root first; `ourselves` stays what the tests are.
inline Outcome attempt(Who who, const std::function<std::string()>& attempt, const page::Room& room = {}) {
  if (who == Who::ourselves || ::geteuid() != 0) return attempt_here(attempt, room);
  const page::MemoryFile report;
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0) ::_exit(1);
    const Outcome outcome = attempt_here(attempt, room);
    page::put_file(report.fd(), static_cast<char>(outcome.end) + outcome.said);
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  const std::string told = page::whole_file(report.fd(), 1u << 20);
  if (told.empty()) return {};
  return {static_cast<page::End>(told[0]), told.substr(1)};
}

// A kernel without Landlock: the call is answered as such a kernel answers.
inline void become_a_kernel_without_landlock() {
  sock_filter steps[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                         BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
                         BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
                         BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  const sock_fprog program{std::size(steps), steps};
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

// What `work` in such a process ends with; 99 when it does not end it.
inline int exit_code_without_landlock(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    become_a_kernel_without_landlock();
    work();
    ::_exit(99);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace behind_walls
