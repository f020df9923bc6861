// Work on a stranger's bytes in a child that may die of it.
#pragma once

#include <functional>
#include <string>

#include "letter/result.hpp"

namespace page {

struct ChildLimits {
  unsigned seconds = 20;                  // of wall clock; then it is killed
  std::uint64_t memory_bytes = 1u << 30;  // on top of what this process has mapped
  std::uint64_t answer_bytes = 256u << 20;
};

// Runs `work` in a forked child: no descriptor of ours but the way back, no core, no file, limits.
// `died` is the fault when the child ends without an answer. BrokenWorld: no child can be made.
letter::Result<std::string> in_child(const std::function<letter::Result<std::string>()>& work,
                                     const letter::Reason& died, const ChildLimits& limits = {});

}  // namespace page
