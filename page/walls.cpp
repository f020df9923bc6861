#include "page/walls.hpp"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace page {
namespace {

constexpr const char* mark = "VAGUEMESTRE_WALLED";
constexpr int exit_no_walls = 4;

#if defined(__x86_64__)
constexpr std::uint32_t our_architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t our_architecture = AUDIT_ARCH_AARCH64;
#else
#error "the numbers of system calls are not known for this architecture"
#endif

void must(bool done) {
  if (!done) ::_exit(exit_no_walls);
}

// ---- seccomp: a list of system calls, each with what becomes of it ----

// A program for the kernel's filter. Rules are tried in the order in which they were added.
class Calls {
 public:
  explicit Calls(std::uint32_t otherwise) : otherwise_(otherwise) {
    load(offsetof(seccomp_data, arch));
    code_.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, our_architecture, 1, 0));
    answer(SECCOMP_RET_KILL_PROCESS);
    load(offsetof(seccomp_data, nr));
  }
  void all(std::initializer_list<int> numbers, std::uint32_t what) {
    for (const int number : numbers) {
      when(number, 1);
      answer(what);
    }
  }
  // Allowed when the argument is `value`, or has none of the bits; kills else.
  void allow_equal(int number, unsigned argument, std::uint32_t value) {
    allow_when(number, argument, BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
  }
  void allow_without(int number, unsigned argument, std::uint32_t bits) {
    allow_when(number, argument, BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 1, 0));
  }
  void put_up() {
    answer(otherwise_);
    const sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    must(::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
  }

 private:
  // `test` of the argument's low half goes on to the next answer, or over it.
  void allow_when(int number, unsigned argument, const sock_filter& test) {
    when(number, 4);
    load(low_half(argument));
    code_.push_back(test);
    answer(SECCOMP_RET_ALLOW);
    answer(SECCOMP_RET_KILL_PROCESS);
  }
  static std::uint32_t low_half(unsigned argument) {  // both architectures are little-endian
    return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + 8 * argument);
  }
  void load(std::size_t offset) {
    code_.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)));
  }
  void when(int number, std::uint8_t else_skip) {
    code_.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, else_skip));
  }
  void answer(std::uint32_t what) { code_.push_back(BPF_STMT(BPF_RET | BPF_K, what)); }
  std::uint32_t otherwise_;
  std::vector<sock_filter> code_;
};

// Memory, the descriptors at hand, an end: what arithmetic on bytes needs.
void allow_arithmetic(Calls& calls) {
  calls.all({__NR_read,      __NR_write,           __NR_pread64,        __NR_pwrite64,
             __NR_readv,     __NR_writev,          __NR_lseek,          __NR_close,
             __NR_munmap,    __NR_mremap,          __NR_madvise,        __NR_brk,
             __NR_futex,     __NR_rt_sigaction,    __NR_rt_sigprocmask, __NR_rt_sigreturn,
             __NR_exit,      __NR_exit_group,      __NR_clock_gettime,  __NR_gettimeofday,
             __NR_getrandom, __NR_sched_yield,     __NR_getpid,         __NR_gettid,
             __NR_getppid,   __NR_restart_syscall, __NR_fstat},
            SECCOMP_RET_ALLOW);
}

bool has_seccomp() {
  const std::uint32_t action = SECCOMP_RET_KILL_PROCESS;
  return ::syscall(__NR_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

void allow_only_a_readers_calls() {
  if (sanitized || !has_seccomp()) return;
  Calls calls(SECCOMP_RET_KILL_PROCESS);
  allow_arithmetic(calls);
  calls.allow_without(__NR_mmap, 2, PROT_EXEC);
  calls.allow_without(__NR_mprotect, 2, PROT_EXEC);
  calls.allow_equal(__NR_tgkill, 0, static_cast<std::uint32_t>(::getpid()));  // abort and raise
  // Libraries look for settings, processors and terminals, and do without.
  constexpr std::uint32_t in_vain = SECCOMP_RET_ERRNO | EACCES;
  calls.all({__NR_openat, __NR_newfstatat, __NR_statx, __NR_faccessat, __NR_faccessat2, __NR_readlinkat,
             __NR_getcwd, __NR_ioctl, __NR_sysinfo, __NR_uname, __NR_sched_getaffinity, __NR_fcntl,
             __NR_prlimit64, __NR_getrusage, __NR_prctl},
            in_vain);
#ifdef __NR_open
  calls.all({__NR_open, __NR_stat, __NR_lstat, __NR_access, __NR_readlink}, in_vain);
#endif
  calls.put_up();
}

void allow_only_pdftoppms_calls() {
  if (sanitized || !has_seccomp()) return;
  Calls calls(SECCOMP_RET_ERRNO | EPERM);
  allow_arithmetic(calls);
  calls.all(
      {__NR_execve,          __NR_mmap,       __NR_mprotect,    __NR_openat,     __NR_newfstatat,
       __NR_faccessat,       __NR_faccessat2, __NR_readlinkat,  __NR_getdents64, __NR_statfs,
       __NR_fstatfs,         __NR_fcntl,      __NR_getcwd,      __NR_uname,      __NR_getuid,
       __NR_geteuid,         __NR_getgid,     __NR_getegid,     __NR_fadvise64,  __NR_set_tid_address,
       __NR_set_robust_list, __NR_rseq,       __NR_sigaltstack, __NR_sysinfo,    __NR_sched_getaffinity},
      SECCOMP_RET_ALLOW);
  calls.allow_equal(__NR_prlimit64, 0, 0);  // its own limits only
  calls.allow_equal(__NR_tgkill, 0, static_cast<std::uint32_t>(::getpid()));
#ifdef __NR_open
  calls.all({__NR_open, __NR_stat, __NR_lstat, __NR_access, __NR_readlink, __NR_arch_prctl},
            SECCOMP_RET_ALLOW);
#endif
  calls.put_up();
}

// ---- Landlock: the paths that are left ----

// The header of Debian 12 knows the second version of Landlock; what came later is spelled out here.
struct Ruleset {
  std::uint64_t files, network, scope;
};
constexpr std::uint64_t to_truncate = 1u << 14, to_ioctl = 1u << 15;                // versions 3 and 5
constexpr std::uint64_t to_bind_and_connect = 3, abstract_sockets_and_signals = 3;  // versions 4 and 6
constexpr std::uint32_t silently = 1;                                               // version 7

constexpr std::uint64_t to_execute = LANDLOCK_ACCESS_FS_EXECUTE;
constexpr std::uint64_t to_read = LANDLOCK_ACCESS_FS_READ_FILE;
constexpr std::uint64_t to_list = LANDLOCK_ACCESS_FS_READ_DIR;

struct Opening {
  std::string path;
  std::uint64_t right;
};

long landlock_version() {
  return ::syscall(__NR_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

void close_all_paths_but(const std::vector<Opening>& openings) {
  const long version = landlock_version();
  if (version < 1) return;
  Ruleset rules{(LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1, 0, 0};
  if (version >= 2) rules.files |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) rules.files |= to_truncate;
  if (version >= 4) rules.network = to_bind_and_connect;
  if (version >= 5) rules.files |= to_ioctl;
  if (version >= 6) rules.scope = abstract_sockets_and_signals;
  const std::size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  const long set = ::syscall(__NR_landlock_create_ruleset, &rules, size, 0);
  must(set >= 0);
  for (const Opening& opening : openings) {
    const int at = ::open(opening.path.c_str(), O_PATH | O_CLOEXEC);
    if (at < 0) continue;  // not on this machine
    const landlock_path_beneath_attr beneath{opening.right, at};
    must(::syscall(__NR_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0);
    ::close(at);
  }
  must(::syscall(__NR_landlock_restrict_self, set, version >= 7 ? silently : 0) == 0);
  ::close(static_cast<int>(set));
}

// ---- limits ----

std::uint64_t mapped_bytes() {
  unsigned long pages = 0;
  if (std::FILE* statm = std::fopen("/proc/self/statm", "re")) {
    if (std::fscanf(statm, "%lu", &pages) != 1) pages = 0;
    std::fclose(statm);
  }
  return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void limit(__rlimit_resource what, std::uint64_t most) {
  rlimit value{};
  must(::getrlimit(what, &value) == 0);
  value.rlim_max = std::min<rlim_t>(value.rlim_max, most);  // what was lower stays so
  value.rlim_cur = value.rlim_max;
  must(::setrlimit(what, &value) == 0);
}

void limit_all(const Allowance& allowance, std::uint64_t memory_bytes) {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, allowance.file_bytes);
  limit(RLIMIT_CPU, allowance.cpu_s);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_MSGQUEUE, 0);
  limit(RLIMIT_MEMLOCK, 0);
  if (sanitized) return;
  limit(RLIMIT_AS, memory_bytes);
  limit(RLIMIT_NOFILE, allowance.descriptors);
}

}  // namespace

std::optional<letter::Reason> missing_walls() {
  if (!has_seccomp())
    return letter::Reason{"walls.seccomp",
                          "Ce noyau n’a pas seccomp : les fichiers d’inconnus ne peuvent être isolés.",
                          "This kernel has no seccomp: strangers' files cannot be walled off."};
  if (landlock_version() < 1)
    return letter::Reason{"walls.landlock",
                          "Ce noyau n’a pas Landlock : les fichiers d’inconnus ne peuvent être isolés.",
                          "This kernel has no Landlock: strangers' files cannot be walled off."};
  return std::nullopt;
}

void wall_in_reader(const Allowance& allowance) {
  ::setenv(mark, std::to_string(::getpid()).c_str(), 1);
  must(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  const std::uint64_t memory_bytes = mapped_bytes() + allowance.memory_bytes;
  close_all_paths_but({});
  limit_all(allowance, memory_bytes);
  allow_only_a_readers_calls();
}

void wall_in_pdftoppm(const std::filesystem::path& program, const Allowance& allowance) {
  constexpr std::uint64_t folder = to_read | to_list;
  must(::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  close_all_paths_but({{program.string(), to_read | to_execute},
                       {"/lib64/ld-linux-x86-64.so.2", to_read | to_execute},
                       {"/lib/ld-linux-aarch64.so.1", to_read | to_execute},
                       {"/etc/ld.so.cache", to_read},
                       {"/lib", folder},
                       {"/usr/lib", folder},
                       {"/usr/local/lib", folder},
                       {"/etc/fonts", folder},
                       {"/usr/share/fonts", folder},
                       {"/usr/local/share/fonts", folder},
                       {"/usr/share/fontconfig", folder},
                       {"/usr/share/poppler", folder},
                       {"/usr/share/ghostscript", folder},
                       {"/var/cache/fontconfig", folder}});
  allow_only_pdftoppms_calls();
  limit_all(allowance, allowance.memory_bytes);  // last: this process may be larger than pdftoppm will be
}

bool inside_walls() {
  const char* whose = std::getenv(mark);
  return whose != nullptr && whose == std::to_string(::getpid());
}

void keep_only(std::initializer_list<int> descriptors) {
  constexpr int out_of_the_way = 64;
  std::vector<int> kept;
  for (const int fd : descriptors) kept.push_back(fd < 0 ? -1 : ::fcntl(fd, F_DUPFD, out_of_the_way));
  const int nowhere = ::open("/dev/null", O_RDWR);
  must(nowhere >= 0);
  for (const int fd : {0, 1, 2}) must(nowhere == fd || ::dup2(nowhere, fd) == fd);
  int next = 3;
  for (const int fd : kept)
    if (fd >= 0) must(::dup2(fd, next++) >= 0);
  must(::syscall(__NR_close_range, static_cast<unsigned>(next), ~0u, 0u) == 0);
}

}  // namespace page
