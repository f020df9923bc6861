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

namespace ocr {

enum class Task { read, look };  // look: page facts only, `lines` and `fields` stay empty

class Zygote {
 public:
  // Forks. Call before any thread (ZeroMQ's, say) exists. BrokenWorld when engines cannot load.
  Zygote(const std::filesystem::path& models_dir, std::uint32_t ms_a_page);

  // The same with another reader, made in the zygote and run in its children: what the tests betray.
  using Reader = std::function<letter::ReadLetter(const letter::Work&, Task)>;
  using Load = std::function<Reader()>;
  Zygote(const Load& load, std::uint32_t ms_a_page);

  ~Zygote();
  Zygote(const Zygote&) = delete;
  Zygote& operator=(const Zygote&) = delete;

  // Starts one letter; ENSUREs that none is under way. Throws BrokenWorld when the zygote is gone.
  void begin(const letter::Work& work, Task task);
  // Readable when the letter under way is done or its child is dead.
  int fd() const { return socket_; }
  // The result once there: a reading, or why there is none ("reader.crashed", "reader.time",
  // "reader.memory"). nullopt while still working; ends a child that is over its time.
  // Throws BrokenWorld when the zygote itself is gone.
  std::optional<letter::Result<letter::ReadLetter>> poll();
  // begin + wait, for offline use.
  letter::Result<letter::ReadLetter> read(const letter::Work& work, Task task);

 private:
  std::optional<letter::Result<letter::ReadLetter>> take(bool wait);
  int socket_ = -1;
  pid_t pid_ = -1;
  std::uint64_t ms_a_page_;
  std::optional<letter::Letter> under_way_;  // as handed in: the child may add to it, not rename it
};

}  // namespace ocr
