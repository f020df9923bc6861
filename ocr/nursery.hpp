// The zygote's own side: waits for letters, has each read by a walled child, says how it ended.
#pragma once

#include "ocr/zygote.hpp"

namespace ocr {

enum class Outcome : std::uint8_t { loaded, broken, read, crashed, over_time, out_of_memory, forbidden };

// Runs in the zygote and never returns. Its only descriptor of ours is `socket`; it ends when the other
// end of that closes or its parent dies.
[[noreturn]] void mind_children(int socket, const Zygote::Load& load);

}  // namespace ocr
