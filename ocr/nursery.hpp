// The zygote's own side: waits for letters, forks a child for each, says how it ended.
#pragma once

#include "ocr/zygote.hpp"

namespace ocr {

enum class Outcome : std::uint8_t { loaded, broken, read, crashed, over_time, out_of_memory };

// What a child may take: address space, and beyond its wall-clock time a little processor time.
inline constexpr std::uint64_t child_memory_bytes = 2ull << 30;

// Runs in the zygote and never returns. Its only descriptor of ours is `socket`; it ends when the other
// end of that closes or its parent dies.
[[noreturn]] void mind_children(int socket, const Zygote::Load& load);

}  // namespace ocr
