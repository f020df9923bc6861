// Preloaded into a real daemon, makes one call to the disk go wrong, its clock jump, or its disks seem full:
//   FAULT_IN=vaguemestre-ingest      of that program alone
//   FAULT_UNDER=/folder              calls on files below it, but for what lies in a log/
//   FAULT=fdatasync:17:EIO           the 17th such call: EIO, ENOSPC, or KILL (SIGKILL before the call)
//   FAULT_MARK=/file                 is made when it strikes; while it is there nothing strikes
//   FAULT_SEEN=/file                 holds how many such calls there were, as 8 bytes; with fdatasync:0:EIO
//                                    they are counted and none goes wrong
//   CLOCK_FILE=/file                 milliseconds in it are added to what the machine says the time is
//   FREE_FILE=/file                  so many bytes are free, it is told; as the machine says while there is
//   no file
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace {

struct Plan {
  bool armed = false;
  char call[16] = "", under[PATH_MAX] = "", mark[PATH_MAX] = "", clock[PATH_MAX] = "", free[PATH_MAX] = "";
  long strikes_at = 0;
  int error = 0;  // 0: the process is killed
  std::atomic<long> own_count{0};
  std::atomic<long>* seen = &own_count;
  std::atomic<long> ahead_ms{0};
};

// Preloaded code runs before anything else is made: nothing here needs a constructor.
Plan plan;

void copy(char* to, std::size_t room, const char* from) {
  if (from != nullptr) std::snprintf(to, room, "%s", from);
}

// The count outlives a process that is killed.
void count_in(const char* path) {
  const int file = path == nullptr ? -1 : ::open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return;
  if (::ftruncate(file, sizeof *plan.seen) == 0) {
    void* at = ::mmap(nullptr, sizeof *plan.seen, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (at != MAP_FAILED) plan.seen = new (at) std::atomic<long>(0);
  }
  ::close(file);
}

// A child that decodes a stranger's file may not make the calls below, and is not what is tried.
void disarm() { plan.armed = false, plan.clock[0] = '\0', plan.free[0] = '\0'; }

__attribute__((constructor)) void arm() {
  const char* program = std::getenv("FAULT_IN");
  if (program == nullptr || std::strcmp(program, program_invocation_short_name) != 0) return;
  pthread_atfork(nullptr, nullptr, disarm);
  copy(plan.clock, sizeof plan.clock, std::getenv("CLOCK_FILE"));
  copy(plan.free, sizeof plan.free, std::getenv("FREE_FILE"));
  copy(plan.under, sizeof plan.under, std::getenv("FAULT_UNDER"));
  copy(plan.mark, sizeof plan.mark, std::getenv("FAULT_MARK"));
  char how[16] = "";
  const char* fault = std::getenv("FAULT");
  if (fault == nullptr || std::sscanf(fault, "%15[^:]:%ld:%15s", plan.call, &plan.strikes_at, how) != 3)
    return;
  plan.error = std::strcmp(how, "EIO") == 0 ? EIO : std::strcmp(how, "ENOSPC") == 0 ? ENOSPC : 0;
  count_in(std::getenv("FAULT_SEEN"));
  plan.armed = ::access(plan.mark, F_OK) != 0;
}

bool is_ours(const char* path) {
  const std::size_t length = std::strlen(plan.under);
  return std::strncmp(path, plan.under, length) == 0 && std::strstr(path + length, "/log/") == nullptr;
}

bool is_ours(int fd) {
  char link[32], path[PATH_MAX];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t length = ::readlink(link, path, sizeof path - 1);
  if (length <= 0) return false;
  path[length] = '\0';
  return is_ours(path);
}

// SQLite syncs its folder besides and does not look at the answer; the register syncs that folder itself.
bool is_folder(int fd) {
  struct stat facts {};
  return ::fstat(fd, &facts) == 0 && S_ISDIR(facts.st_mode);
}

// Whether this call fails, errno set.
template <class File>
bool strikes(const char* call, File file) {
  if (!plan.armed || std::strcmp(call, plan.call) != 0 || !is_ours(file)) return false;
  if (++*plan.seen != plan.strikes_at) return false;
  const int mark = ::open(plan.mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (mark >= 0) ::close(mark);
  if (plan.error == 0) ::kill(::getpid(), SIGKILL);
  errno = plan.error;
  return true;
}

template <class Function>
Function* real(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

// False: there is no such file, or nobody named one.
bool number_in(const char* path, long& number) {
  const int file = path[0] == '\0' ? -1 : ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char text[32] = "";
  const bool found = ::read(file, text, sizeof text - 1) > 0;
  if (found) number = std::strtol(text, nullptr, 10);
  ::close(file);
  return found;
}

}  // namespace

extern "C" {

int fsync(int fd) {
  static const auto next = real<int(int)>("fsync");
  return strikes("fsync", fd) ? -1 : next(fd);
}

int fdatasync(int fd) {
  static const auto next = real<int(int)>("fdatasync");
  return !is_folder(fd) && strikes("fdatasync", fd) ? -1 : next(fd);
}

int syncfs(int fd) noexcept {
  static const auto next = real<int(int)>("syncfs");
  return strikes("syncfs", fd) ? -1 : next(fd);
}

ssize_t write(int fd, const void* bytes, size_t count) {
  static const auto next = real<ssize_t(int, const void*, size_t)>("write");
  return strikes("write", fd) ? -1 : next(fd, bytes, count);
}

ssize_t pwrite64(int fd, const void* bytes, size_t count, off64_t at) {
  static const auto next = real<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
  return strikes("pwrite", fd) ? -1 : next(fd, bytes, count, at);
}

int rename(const char* from, const char* to) noexcept {
  static const auto next = real<int(const char*, const char*)>("rename");
  return strikes("rename", to) ? -1 : next(from, to);
}

int renameat2(int from_dir, const char* from, int to_dir, const char* to, unsigned flags) noexcept {
  static const auto next = real<int(int, const char*, int, const char*, unsigned)>("renameat2");
  return strikes("rename", to) ? -1 : next(from_dir, from, to_dir, to, flags);
}

int statvfs(const char* path, struct statvfs* facts) noexcept {
  static const auto next = real<int(const char*, struct statvfs*)>("statvfs");
  const int done = next(path, facts);
  if (long bytes = 0; done == 0 && number_in(plan.free, bytes))
    facts->f_bavail = static_cast<fsblkcnt_t>(bytes) / facts->f_frsize;
  return done;
}

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  static const auto next = real<int(clockid_t, timespec*)>("clock_gettime");
  const int done = next(clock, now);
  if (clock != CLOCK_REALTIME || plan.clock[0] == '\0') return done;
  if (long ahead = 0; number_in(plan.clock, ahead)) plan.ahead_ms = ahead;
  constexpr long ms_a_second = 1000, ns_a_ms = 1'000'000;
  const long ms = now->tv_nsec / ns_a_ms + plan.ahead_ms % ms_a_second + ms_a_second;
  now->tv_sec += plan.ahead_ms / ms_a_second + ms / ms_a_second - 1;
  now->tv_nsec = ms % ms_a_second * ns_a_ms + now->tv_nsec % ns_a_ms;
  return done;
}
}
