#include "page/pdftoppm.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace page {
namespace {

constexpr rlim_t cpu_limit_s = 20;
constexpr std::size_t output_limit = std::size_t{max_pixels} + 64;

class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { reset(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }
  void reset() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

int memory_with(const std::string& bytes) {
  const int fd = memfd_create("master", MFD_CLOEXEC);
  if (fd < 0) throw letter::BrokenWorld("memfd_create failed");
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n <= 0) throw letter::BrokenWorld("memfd cannot be written");
    done += static_cast<std::size_t>(n);
  }
  ::lseek(fd, 0, SEEK_SET);
  return fd;
}

[[noreturn]] void become_pdftoppm(int in, int out, int err, const std::array<std::string, 2>& options) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit cpu{cpu_limit_s, cpu_limit_s}, none{0, 0};
  ::setrlimit(RLIMIT_CPU, &cpu);
  ::setrlimit(RLIMIT_CORE, &none);
  ::dup2(in, 0), ::dup2(out, 1), ::dup2(err, 2);
  const char* const argv[] = {
      "pdftoppm",         "-gray", "-r",   options[0].c_str(), "-f", options[1].c_str(), "-l",
      options[1].c_str(), "-",     nullptr};
  ::execvp("pdftoppm", const_cast<char* const*>(argv));
  ::_exit(127);
}

// Reads both ends until the child closes them; false when it said more than a page can be.
bool drain(int out, int err, std::string& pixels, std::string& complaints) {
  std::array<pollfd, 2> ends{pollfd{out, POLLIN, 0}, pollfd{err, POLLIN, 0}};
  std::array<char, 65536> buffer;
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    if (::poll(ends.data(), ends.size(), -1) < 0) continue;
    for (pollfd& end : ends) {
      if (end.fd < 0 || end.revents == 0) continue;
      const ssize_t n = ::read(end.fd, buffer.data(), buffer.size());
      if (n <= 0) {
        end.fd = -1;
        continue;
      }
      std::string& to = end.fd == out ? pixels : complaints;
      if (to.size() < output_limit) to.append(buffer.data(), static_cast<std::size_t>(n));
    }
    if (pixels.size() >= output_limit) return false;
  }
  return true;
}

bool parse_pgm(const std::string& bytes, cv::Mat& grey) {
  int width = 0, height = 0, most = 0, header = 0;
  if (std::sscanf(bytes.c_str(), "P5 %d %d %d%n", &width, &height, &most, &header) != 3 || most != 255)
    return false;
  const std::size_t start = static_cast<std::size_t>(header) + 1;
  if (width <= 0 || height <= 0 || static_cast<std::uint32_t>(width) > max_side ||
      static_cast<std::uint32_t>(height) > max_side ||
      bytes.size() - start < static_cast<std::size_t>(width) * height)
    return false;
  grey.create(height, width, CV_8U);
  std::memcpy(grey.data, bytes.data() + start, static_cast<std::size_t>(width) * height);
  return true;
}

}  // namespace

letter::Result<Flat> draw_pdf(const std::string& bytes, std::uint32_t number, int dpi) {
  const Fd in(memory_with(bytes));
  std::array<int, 2> out{}, err{};
  if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(err.data(), O_CLOEXEC) != 0)
    throw letter::BrokenWorld("pipe2 failed");
  Fd out_read(out[0]), out_write(out[1]), err_read(err[0]), err_write(err[1]);
  const std::array<std::string, 2> options{std::to_string(dpi), std::to_string(number)};
  const pid_t child = ::fork();
  if (child < 0) throw letter::BrokenWorld("fork failed");
  if (child == 0) become_pdftoppm(in.get(), out_write.get(), err_write.get(), options);
  out_write.reset(), err_write.reset();
  std::string pixels, complaints;
  const bool bounded = drain(out_read.get(), err_read.get(), pixels, complaints);
  if (!bounded) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  Flat flat;
  if (!bounded || !WIFEXITED(status) || WEXITSTATUS(status) != 0 || !parse_pgm(pixels, flat.grey))
    return letter::fault("pdf.not_drawn", "La page PDF n’a pas pu être dessinée.",
                         "The PDF page could not be drawn.");
  flat.x_dpi = flat.y_dpi = dpi;
  flat.damaged = complaints.find("Error") != std::string::npos;
  return flat;
}

}  // namespace page
