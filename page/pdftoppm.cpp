#include "page/pdftoppm.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "page/damage.hpp"
#include "page/disposable.hpp"
#include "page/easel.hpp"
#include "page/walls.hpp"

extern "C" {
#include <sys/pidfd.h>  // glibc 2.36 forgot to say so itself
}

namespace page {
namespace {

constexpr std::uint64_t most_output = max_pixels + 64;

// Starts pdftoppm and waits for it. For processes that are not walled in.
bool draw_here(const Easel& easel, const Order& order) {
  const pid_t child = easel.start(order);
  if (child < 0) return false;
  pollfd end{::pidfd_open(child, 0), POLLIN, 0};
  int ready = 0;
  do ready = ::poll(&end, 1, static_cast<int>(drawing_ms));
  while (ready < 0 && errno == EINTR);
  if (ready != 1 || end.fd < 0) ::kill(child, SIGKILL);
  ::close(end.fd);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool ask_parent(const Order& order) {
  bool well = false;
  return ::write(descriptor_of_parent, &order, sizeof order) == sizeof order &&
         ::read(descriptor_of_parent, &well, sizeof well) == sizeof well && well;
}

bool parse_pgm(const std::string& bytes, cv::Mat& grey) {
  int width = 0, height = 0, most = 0, header = 0;
  if (std::sscanf(bytes.substr(0, 64).c_str(), "P5 %d %d %d%n", &width, &height, &most, &header) != 3 ||
      most != 255)
    return false;
  const std::size_t start = static_cast<std::size_t>(header) + 1;
  if (width <= 0 || height <= 0 || static_cast<std::uint32_t>(width) > max_side ||
      static_cast<std::uint32_t>(height) > max_side ||
      bytes.size() < start + static_cast<std::size_t>(width) * height)
    return false;
  grey.create(height, width, CV_8U);
  std::memcpy(grey.data, bytes.data() + start, static_cast<std::size_t>(width) * height);
  return true;
}

struct Drawn {
  bool well = false;
  std::string pixels, complaints;
};

Drawn take(bool well, int pixels, int complaints) {
  if (!well) return {};
  return {true, whole_file(pixels, most_output), whole_file(complaints, most_output)};
}

Drawn draw(const std::string& bytes, const Order& order) {
  if (inside_walls()) {
    const bool well = put_file(descriptor_of_pdf, bytes) && ask_parent(order);
    return take(well, descriptor_of_pixels, descriptor_of_complaints);
  }
  const Easel easel;
  const bool well = put_file(easel.pdf(), bytes) && draw_here(easel, order);
  return take(well, easel.pixels(), easel.complaints());
}

}  // namespace

letter::Result<Flat> draw_pdf(const std::string& bytes, std::uint32_t number, int dpi) {
  const Drawn drawn = draw(bytes, {number, static_cast<std::uint32_t>(dpi), bytes.size()});
  Flat flat;
  if (!drawn.well || !parse_pgm(drawn.pixels, flat.grey))
    return letter::fault("pdf.not_drawn", "La page PDF n’a pas pu être dessinée.",
                         "The PDF page could not be drawn.");
  flat.x_dpi = flat.y_dpi = dpi;
  flat.damaged = weigh_drawing(drawn.complaints) == Weight::damage;
  return flat;
}

}  // namespace page
