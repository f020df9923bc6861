// The daemons of an embedded run, as children of this process: started, watched, restarted, stopped.
// Lives on the main thread: a child dies with the thread that started it.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/restarts.hpp"
#include "letter/result.hpp"

namespace cli {

struct ChildPlan {
  std::string name;                // "ocr-1": its log is LOG_DIR/ocr-1.log
  std::vector<std::string> words;  // executable and arguments
};

class House {
 public:
  House(std::filesystem::path log_dir, std::vector<ChildPlan> plans);
  ~House();  // kills whom `stop` left
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  // `now`: of a clock that nobody sets. Starts whoever is not running and is due; notices who died. Call at
  // least every 100 ms. A fault
  // ("run.child_config", "run.child_dies") when a child cannot be kept alive.
  letter::Result<void> look(letter::Instant now);
  // SIGTERM to all, SIGKILL to those still there after 5 s; returns when all are gone.
  void stop();

 private:
  struct Child {
    ChildPlan plan;
    Restarts restarts;
    pid_t pid = -1;
    letter::Instant started{};
    letter::Instant due{};
  };
  void start(Child& child, letter::Instant now);
  letter::Result<void> reap(Child& child, letter::Instant now);
  std::size_t running() const;
  void collect();

  std::filesystem::path log_dir_;
  std::vector<Child> children_;
};

}  // namespace cli
