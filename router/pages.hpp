// What to draw when a desk asks for pages. Pure but for the transaction: the bytes come from the vault and
// the drawing is done by vaguemestre-view, in a process of its own (page_desk.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "router/desk.hpp"

namespace router {

// One run of vaguemestre-view: a master in, one PDF or PNG out.
struct View {
  std::uint32_t master = 0;
  std::optional<std::uint32_t> page;  // from 0, in the master; none = all
  int turn_deg = 0;
  double skew_deg = 0;
  bool operator==(const View&) const = default;
};

struct PagesPlan {
  letter::Letter letter;
  std::string as;                            // "pdf" | "png"
  std::vector<View> views;                   // each gives one frame
  std::map<std::string, std::string> facts;  // letter, pages, and as_scanned where pages stay unturned
  bool operator==(const PagesPlan&) const = default;
};

// Frames of page bytes that one answer may have.
inline constexpr std::size_t most_views = 14;

// The verb `pages`: rights as for `open`, recorded as `opened`; without a reference, the pages of the letter
// that the asker is checking blindly. args: as=pdf|png, letter=ID (default: the
// case's first), page=N from 1 (default: all as PDF, the first as PNG).
letter::Result<PagesPlan> plan_pages(const letter::Errand& errand, const Asker& asker,
                                     Transaction& transaction, const Moment& moment);

}  // namespace router
