// Whether somebody signed a free letter: ink under its closing that no line of text accounts for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ocr/prose/layout.hpp"

namespace ocr {

// Where on a page a signature may stand: under the closing formula, else under the last line of prose, to the
// foot of the page; anywhere where an earlier page took its leave (`after_leave`) and this one only names and
// enclosures. 0..1 of the upright page's height.
double closing_foot(const std::vector<FreeLine>& page_lines, bool after_leave = false);

// The field SIGNATURE of one free page: `ticked` when there is such ink, else `blank`. `lines`: of this page,
// with their places. `upright`: the page made straight, of any resolution; `to_master`: its px to those of
// the master page, of `master` px. The confidence is raw.
struct UprightPage {
  const page::Straight& upright;
  cv::Size master;
  std::uint32_t index = 0;
  bool after_leave = false;
};
letter::Field signature_on(const UprightPage& page, const std::vector<FreeLine>& lines);

// Of the pages of one letter: the one that is signed, else the last one's.
std::optional<letter::Field> best_signature(const std::vector<letter::Field>& of_pages);

}  // namespace ocr
