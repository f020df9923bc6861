// How large a stranger's file may be, and what it may claim to hold.
#pragma once

#include <cstdint>

namespace page {

inline constexpr std::uint64_t most_file_bytes = 64u << 20;
inline constexpr std::uint32_t max_side = 20'000;         // px
inline constexpr std::uint64_t max_pixels = 150'000'000;  // of a page
inline constexpr std::uint32_t max_pages = 200;           // of a file

// What opening a file may cost; the configuration sets it.
struct FileLimits {
  std::uint32_t decode_ms = 10'000;          // wall clock: to count or cut its pages, and to look at one
  std::uint64_t decoded_bytes = 300u << 20;  // of a page: pixels times bytes a pixel
  std::uint64_t child_bytes = 1536u << 20;   // memory of the process that opens it
  bool operator==(const FileLimits&) const = default;
};

}  // namespace page
