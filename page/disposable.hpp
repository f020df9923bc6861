// Work on a stranger's bytes in a child that may die of it: walled before it begins, minded until it ends.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "letter/result.hpp"
#include "page/limits.hpp"

namespace page {

// How a child's life ended. `forbidden`: it called the kernel for what no decoder needs. `unwanted`: the
// other end of `wanted_by` has closed.
enum class End { done, crashed, forbidden, over_time, out_of_memory, unwanted };

// What a child may take.
struct Room {
  // Of wall clock: from the start, or a page's beginning, to the next or the end. Time in which it was ready
  // and a busy machine gave it no processor does not count, up to six times as much in all.
  std::uint32_t ms_a_page = FileLimits{}.decode_ms;
  std::uint32_t pages = 1;                                // so many beginnings count
  std::uint64_t memory_bytes = FileLimits{}.child_bytes;  // on top of what this process has mapped
  std::uint64_t answer_bytes = 256u << 20;
};

// Room for one file, or one page of it.
Room room_for(const FileLimits& limits);

struct Job {
  std::function<void()> work;  // in the child; its answer goes into descriptor `answer`
  Room room;
  int answer = -1;     // a memory file, empty; in the child it is `descriptor_of_answer`
  int parcel = -1;     // one more file that the child needs, if any; `descriptor_of_parcel`
  int wanted_by = -1;  // a socket of whoever wants the answer, if it is not the caller
};

// Where a walled child finds what it has.
enum Descriptor : int {
  descriptor_of_answer = 3,
  descriptor_of_parent,  // a socket for Orders
  descriptor_of_pdf,     // the easel
  descriptor_of_pixels,
  descriptor_of_complaints,
  descriptor_of_parcel
};

// Runs `work` in a forked child behind walls (walls.hpp) and waits for its end, drawing PDF pages for it when
// it asks. The answer is whole only when it is `done`. BrokenWorld: no child can be made.
End run_walled(const Job& job);

// The same for work that answers with bytes or a fault. Faults of its own: child.time, child.memory,
// child.forbidden; `died` when the child ends in any other way without an answer. Behind walls already, the
// work is simply done.
letter::Result<std::string> in_child(const std::function<letter::Result<std::string>()>& work,
                                     const letter::Reason& died, const Room& room = {});

// A walled child says that it begins another page, which gives it ms_a_page anew. Elsewhere it does nothing.
void page_begins();

}  // namespace page
