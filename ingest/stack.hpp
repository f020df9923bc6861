// A stack of pages as the letters it holds: where separator sheets, forms or a fixed count cut it. Pure;
// docs/decisions/0009-splitting.md says why it is so.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "letter/letter.hpp"
#include "page/first_look.hpp"

namespace ingest {

struct StackRule {
  std::uint32_t pages_per_letter = 0;  // 0: no fixed count
  bool form_first_page = false;        // a form's first page begins a letter
  bool sealed = false;                 // the operator said: closed envelopes, all of them
  letter::PostBox box = letter::PostBox::none;
  letter::Day arrived_on{};  // not ok(): the operator said nothing
  letter::Day today{};       // not ok(): not known, and no batch's date is doubted
  bool operator==(const StackRule&) const = default;
};

// One letter: pages `first` .. `first + pages - 1` of the stack, and what the sheets before it say of it.
struct Planned {
  std::uint32_t first = 0, pages = 0;
  letter::PostBox box = letter::PostBox::none;
  letter::Day arrived_on{};
  bool sealed = false;
  std::string lrar;
  std::vector<std::uint32_t> blank, damaged;  // of its pages, from 0
  std::vector<letter::Reason> notes;
  std::uint32_t files = 1;  // that its pages come in
  bool operator==(const Planned&) const = default;
};

// A sheet that is no page of a letter, and must be counted all the same.
struct SeparatorSheet {
  std::uint32_t page = 0;  // of the stack, from 0
  page::SeparatorType type = page::SeparatorType::doc;
  std::string seq;
  std::uint32_t expected = 0, found = 0;  // of a batch: letters announced (0: not said) and found
  bool operator==(const SeparatorSheet&) const = default;
};

struct Stack {
  std::uint32_t pages = 0;
  std::vector<Planned> letters;  // none: nothing but separators
  std::vector<SeparatorSheet> separators;
  // One letter and no separator: the file itself is the letter and is not touched.
  bool is_whole() const { return letters.size() == 1 && separators.empty(); }
  bool operator==(const Stack&) const = default;
};

// Notes: batch.count, batch.date, separator.doubtful, separator.missed, stack.unseen, sealed.pages,
// lrar.several.
Stack plan(const std::vector<page::FirstLook>& looks, const StackRule& rule);

}  // namespace ingest
