// How large a stranger's file may be, and what it may claim to hold.
#pragma once

#include <cstdint>

namespace page {

inline constexpr std::uint64_t most_file_bytes = 64u << 20;
inline constexpr std::uint32_t max_side = 20'000;         // px
inline constexpr std::uint64_t max_pixels = 150'000'000;  // of a page
inline constexpr std::uint32_t max_pages = 200;           // of a file

}  // namespace page
