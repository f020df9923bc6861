#include "cli/viewer.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <sstream>

namespace cli {

namespace fs = std::filesystem;

namespace {

std::string setting(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The executable of that name in PATH, or "".
std::string in_path(const std::string& name) {
  if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0 ? name : "";
  std::istringstream folders(setting("PATH"));
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const auto path = folder + "/" + name; ::access(path.c_str(), X_OK) == 0) return path;
  return "";
}

std::string viewer() {
  if (const auto chosen = setting("VAGUEMESTRE_VIEWER"); !chosen.empty()) return in_path(chosen);
  const bool has_screen = !setting("DISPLAY").empty() || !setting("WAYLAND_DISPLAY").empty();
  return has_screen ? in_path("xdg-open") : "";
}

}  // namespace

PageDrawer::~PageDrawer() { clear(); }

void PageDrawer::clear() {
  if (dir_.empty()) return;
  std::error_code gone;
  fs::remove_all(dir_, gone);
  dir_.clear();
}

letter::Result<fs::path> PageDrawer::keep(const std::string& name, const std::string& bytes) {
  const auto unwritable =
      letter::fault("file.unwritable", "Impossible d'écrire les pages dans le dossier temporaire.",
                    "The pages cannot be written to the temporary folder.");
  if (dir_.empty()) {
    std::string pattern = (fs::temp_directory_path() / "vaguemestre-desk-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return unwritable;
    dir_ = pattern;
  }
  const fs::path file = dir_ / name;
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return unwritable;
  std::size_t written = 0;
  while (written < bytes.size()) {
    const auto n = ::write(fd, bytes.data() + written, bytes.size() - written);
    if (n <= 0) break;
    written += static_cast<std::size_t>(n);
  }
  const bool closed = ::close(fd) == 0;
  if (!closed || written != bytes.size()) return unwritable;
  return file;
}

bool show(const fs::path& file) {
  const std::string program = viewer();
  if (program.empty()) return false;
  const pid_t middle = ::fork();  // a grandchild is nobody's zombie
  if (middle == 0) {
    if (::fork() != 0) ::_exit(0);
    ::setsid();
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (const int fd : {0, 1, 2}) ::dup2(nowhere, fd);
    ::execl(program.c_str(), program.c_str(), file.c_str(), static_cast<char*>(nullptr));
    ::_exit(1);
  }
  if (middle < 0) return false;
  ::waitpid(middle, nullptr, 0);
  return true;
}

}  // namespace cli
