// The first look at a page of a stranger's file: decoded in a disposable child, judged, and asked whether it
// is a separator. Nothing of it is read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "letter/result.hpp"
#include "page/limits.hpp"
#include "page/quality.hpp"
#include "page/separator.hpp"

namespace page {

struct FirstLook {
  bool seen = false;       // its pixels could be had
  letter::Reason why_not;  // when not: of page::decode, child.*, page.died, page.not_looked_at
  bool damaged = false;
  Quality quality;  // its flaws include `damaged` and `unreadable`
  SheetMarks marks;
  bool operator==(const FirstLook&) const = default;
};

// Page `index`, from 0, in a child of its own, within the limits.
FirstLook first_look(const std::string& bytes, std::uint32_t index, const FileLimits& limits = {});
// Every page. After the first that took too long the rest stays unseen (page.not_looked_at): a hostile file
// costs that time once and not two hundred times.
std::vector<FirstLook> first_looks(const std::string& bytes, std::uint32_t pages,
                                   const FileLimits& limits = {});

// The way back from the child, and its inverse: whatever the child says, a look or a fault (page.died).
std::string text(const FirstLook& look);
letter::Result<FirstLook> parse_first_look(const std::string& text);

}  // namespace page
