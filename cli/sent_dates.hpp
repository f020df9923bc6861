// What speaks for the day on which a case was sent: each proof, who says so, how sure, where it stands on
// paper, and why it was kept or not.
#pragma once

#include "cli/front.hpp"
#include "letter/errand.hpp"
#include "letter/tree.hpp"

namespace cli {

// A table, and a line where a person must look; "" for a case whose letters are not to be seen.
std::string sent_dates_text(const letter::CaseFile& file, const Front& front);

// The same as a list: letter, date, basis, source, confidence, page (from 0), box (shares of the page),
// box_mm (from its top left corner; null: no place, or the page's size is not known), fate, chosen.
letter::Tree sent_dates_tree(const letter::CaseFile& file);

}  // namespace cli
