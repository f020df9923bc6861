// A process that has loaded the engines and read nothing; it forks one child a letter. What a hostile
// file breaks is that child: its death is a Fault about that letter, and nobody else notices.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "letter/reading.hpp"
#include "letter/wire.hpp"
#include "page/limits.hpp"

namespace ocr {

enum class Task { read, look };  // look: page facts only, `lines` and `fields` stay empty

struct ReadLimits {
  std::uint32_t ms_a_page = 10'000;  // each page, those included that nobody declared
  std::uint32_t pages = 200;         // of a letter; a child that says it begins more gets no more time
  std::uint64_t memory_bytes = page::FileLimits{}.child_bytes;
  std::uint64_t decoded_bytes = page::FileLimits{}.decoded_bytes;  // of a page
  std::filesystem::path members = {};                              // ocr::Members::load; empty = no list
};

class Zygote {
 public:
  // Forks. Call before any thread (ZeroMQ's, say) exists. BrokenWorld when engines cannot load.
  explicit Zygote(const std::filesystem::path& models_dir, const ReadLimits& limits = {});

  // The same with another reader, made in the zygote and run in its children: what the tests betray.
  using Reader = std::function<letter::ReadLetter(const letter::Work&, Task)>;
  using Load = std::function<Reader()>;
  explicit Zygote(const Load& load, const ReadLimits& limits = {});

  ~Zygote();
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  // Starts one letter; ENSUREs that none is under way. Throws BrokenWorld when the zygote is gone.
  void begin(const letter::Work& work, Task task);
  // Readable when the letter under way is done or its child is dead.
  int fd() const { return socket_; }
  // The result once there: a reading, or why there is none ("reader.crashed", "reader.time",
  // "reader.memory", "reader.forbidden"). nullopt while still working.
  // Throws BrokenWorld when the zygote itself is gone.
  std::optional<letter::Result<letter::ReadLetter>> poll();
  // begin + wait, for offline use.
  letter::Result<letter::ReadLetter> read(const letter::Work& work, Task task);

 private:
  std::optional<letter::Result<letter::ReadLetter>> take(bool wait);
  int socket_ = -1;
  pid_t pid_ = -1;
  ReadLimits limits_;
  std::optional<letter::Letter> under_way_;  // as handed in: the child may add to it, not rename it
};

}  // namespace ocr
