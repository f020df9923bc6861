// Letters as JSON: the names that `read --json`, `page --json`, `case --json` and `queue --json` print.
#pragma once

#include "letter/errand.hpp"
#include "letter/tree.hpp"

namespace cli {

// Whether a NIR is written out (only the offline `read`) or masked.
enum class Nir { shown, masked };

letter::Tree tree_of(const letter::Box& box);                       // [x, y, w, h] in 0..1
letter::Tree tree_of(const letter::Reason& reason);                 // {code, fr, en}
letter::Tree pages_tree(const letter::Letter& letter);              // [{dpi, skew_deg, ...}]
letter::Tree fields_tree(const letter::ReadLetter& read, Nir nir);  // {ID: {text, ...}}
// Everything `read --json` prints but `file`.
letter::Tree tree_of(const letter::SortedLetter& sorted, Nir nir);
letter::Tree tree_of(const letter::CaseRow& row);
letter::Tree tree_of(const letter::CaseFile& file);  // NIR masked

}  // namespace cli
