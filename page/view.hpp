// A page as a person wants to see it: upright and straight, made in memory and kept nowhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "letter/result.hpp"
#include "page/limits.hpp"

namespace page {

enum class ViewFormat { png, pdf };

struct View {
  ViewFormat format = ViewFormat::png;
  std::optional<std::uint32_t> page = 0;  // from 0; none = all of them (pdf only)
  int turn_deg = 0;                       // counter-clockwise quarter turns that make it upright
  double skew_deg = 0;                    // measured skew, undone
};

// The bytes of a PNG or PDF. Faults: those of decode, and view.all_png.
letter::Result<std::string> render(const std::string& master, const View& view,
                                   std::uint64_t decoded_bytes = FileLimits{}.decoded_bytes);

}  // namespace page
