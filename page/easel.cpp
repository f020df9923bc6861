#include "page/easel.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <sstream>
#include <string>

#include "page/raster.hpp"
#include "page/sheets.hpp"
#include "page/walls.hpp"

namespace page {
namespace {

bool is_sensible(const Order& order) {
  return order.page >= 1 && order.page <= max_pages && order.dpi >= 20 && order.dpi <= 600 &&
         order.bytes > 0 && order.bytes <= most_file_bytes;
}

// The program of that name in PATH, without the links that lead to it; "" when there is none.
std::filesystem::path program_called(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::error_code absent;
    const auto found = std::filesystem::canonical(folder + "/" + name, absent);
    if (!absent && ::access(found.c_str(), X_OK) == 0) return found;
  }
  return {};
}

struct Start {
  std::filesystem::path program;
  std::string page, dpi;
  pid_t parent;
};

[[noreturn]] void become_pdftoppm(const Easel& easel, const Start& start) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != start.parent) ::_exit(127);
  const int in = ::fcntl(easel.pdf(), F_DUPFD, 64), out = ::fcntl(easel.pixels(), F_DUPFD, 64),
            err = ::fcntl(easel.complaints(), F_DUPFD, 64);
  if (::dup2(in, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(err, 2) < 0) ::_exit(127);
  ::syscall(SYS_close_range, 3u, ~0u, 0u);
  const char* const argv[] = {
      "pdftoppm",         "-gray", "-r",   start.dpi.c_str(), "-f", start.page.c_str(), "-l",
      start.page.c_str(), "-",     nullptr};
  const char* const settings[] = {"LANG=C.UTF-8", "HOME=/nonexistent", nullptr};
  Allowance allowance;
  allowance.file_bytes = max_pixels + 64;
  allowance.cpu_s = drawing_ms / 1000;
  allowance.descriptors = 64;
  wall_in_pdftoppm(start.program, allowance);
  ::execve(start.program.c_str(), const_cast<char* const*>(argv), const_cast<char* const*>(settings));
  ::_exit(127);
}

}  // namespace

pid_t Easel::start(const Order& order) const {
  if (!is_sensible(order)) return -1;
  const Start start{program_called("pdftoppm"), std::to_string(order.page), std::to_string(order.dpi),
                    ::getpid()};
  if (start.program.empty()) return -1;
  // The files are shared with the asker, offsets too.
  const bool ready = ::ftruncate(pdf(), static_cast<off_t>(order.bytes)) == 0 &&
                     ::ftruncate(pixels(), 0) == 0 && ::ftruncate(complaints(), 0) == 0 &&
                     ::lseek(pdf(), 0, SEEK_SET) == 0 && ::lseek(pixels(), 0, SEEK_SET) == 0 &&
                     ::lseek(complaints(), 0, SEEK_SET) == 0;
  if (!ready) throw letter::BrokenWorld("memory files cannot be emptied");
  const pid_t child = ::fork();
  if (child < 0) throw letter::BrokenWorld("fork failed");
  if (child == 0) become_pdftoppm(*this, start);
  return child;
}

}  // namespace page
