// The walls around whatever touches a stranger's bytes: a forked child puts them up before it sees the first
// one, and nothing can take them down. walls.cpp is the one file that sees seccomp and Landlock.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>

#include "letter/result.hpp"

namespace page {

// Sanitizers map terabytes and call the kernel for reasons of their own: in such a build the limit on memory
// and the list of calls are left out, and the tests of them are skipped.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

// What a walled child may still use up.
struct Allowance {
  std::uint64_t memory_bytes = 1536u << 20;  // address space
  std::uint64_t file_bytes = 0;              // each of its memory files
  std::uint64_t cpu_s = 10;
  std::uint32_t descriptors = 3;  // it may have the numbers below this
};

// What this kernel lacks for whole walls ("walls.seccomp", "walls.landlock"); none: nothing. Whoever starts a
// program that decodes asks first and refuses to go on, unless told that insecure will do: what the kernel
// lacks is left out of the walls below.
std::optional<letter::Reason> missing_walls();

// For readers and decoders: no path, no socket, no exec, no new process or thread, no new code; only what was
// open before. `memory_bytes` comes on top of what is mapped now. A call that no decoder makes kills the
// process (SIGSYS); one that libraries try in vain (open, stat, ioctl ...) fails. Puts the mark that
// `inside_walls` looks for. Ends the process when a wall cannot be put up.
void wall_in_reader(const Allowance& allowance);

// For pdftoppm, before its exec: reads libraries, fonts and poppler's own files, executes `program`, and that
// is all; any other call fails.
void wall_in_pdftoppm(const std::filesystem::path& program, const Allowance& allowance);

// True behind wall_in_reader. The mark is a variable of the environment that holds this process's number.
bool inside_walls();

// The descriptors become 3, 4, 5 ... in that order, and every other above 2 is closed; 0, 1 and 2 become
// /dev/null. A -1 may stand last only: it closes that number.
void keep_only(std::initializer_list<int> descriptors);

}  // namespace page
