// One run of vaguemestre-view as a child: bytes of a master in, bytes of a picture out. The child gets no
// open file but those, and dies with this process. It puts up its own walls before it looks at a byte.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace router {

struct ViewLimits {
  std::uint64_t memory_bytes = 1536ull << 20;  // of the walled child that draws
  std::uint64_t decoded_bytes = 300ull << 20;  // of a page
  std::uint32_t ms_a_page = 10'000;
  std::uint64_t output_bytes = 64ull << 20;
  bool insecure = false;  // draw even where the kernel cannot put up walls
};

// Belongs to one thread. BrokenWorld when no child can be made; a child that fails is only a child that
// failed.
class ViewChild {
 public:
  enum class State { running, done, failed };

  ViewChild(const std::filesystem::path& program, const std::vector<std::string>& arguments,
            const std::string& input, ViewLimits limits = {});
  ~ViewChild();  // kills it if it still runs
  ViewChild(const ViewChild&) = delete;
  ViewChild& operator=(const ViewChild&) = delete;

  int output_fd() const { return output_fd_; }  // readable when there is something for `step`
  // Takes what the child has written so far; never waits for more than a few milliseconds.
  State step();
  std::string take_output() { return std::move(output_); }  // once done

 private:
  void kill();
  bool drain();  // true at the end of its output
  ViewLimits limits_;
  pid_t pid_ = -1;
  int output_fd_ = -1;
  bool ended_ = false;  // its output has ended
  State state_ = State::running;
  std::string output_;
};

}  // namespace router
