// What a station may see on a page, for tests that need no pixels.
#pragma once

#include "ingest/examine.hpp"

namespace ingest {

inline page::FirstLook plain_page() {
  page::FirstLook look;
  look.seen = true;
  look.quality.dpi = 300;
  look.quality.skew_deg = 0.1;
  return look;
}

inline page::FirstLook blank_page() {
  page::FirstLook look = plain_page();
  look.quality.blank = true;
  look.quality.skew_deg.reset();
  look.quality.flaws = {page::Flaw::blank};
  return look;
}

inline page::FirstLook unseen_page() {
  page::FirstLook look;
  look.why_not = {"tiff.broken", "fr", "en"};
  look.quality.flaws = {page::Flaw::unreadable};
  return look;
}

inline page::FirstLook separator_sheet(page::Separator separator) {
  page::FirstLook look = plain_page();
  look.marks.patch_edges = 4;
  look.marks.separator = std::move(separator);
  return look;
}
inline page::FirstLook doc_sheet(letter::PostBox box = letter::PostBox::none) {
  page::Separator separator;
  separator.box = box;
  return separator_sheet(separator);
}
inline page::FirstLook sealed_sheet() {
  page::Separator separator;
  separator.type = page::SeparatorType::sealed;
  return separator_sheet(separator);
}
inline page::FirstLook batch_sheet(std::optional<std::uint32_t> expected = std::nullopt,
                                   letter::PostBox box = letter::PostBox::none) {
  page::Separator separator;
  separator.type = page::SeparatorType::batch;
  separator.expected = expected;
  separator.box = box;
  return separator_sheet(separator);
}

// Patches without their code.
inline page::FirstLook doubtful_sheet() {
  page::FirstLook look = plain_page();
  look.marks.patch_edges = 4;
  return look;
}

inline page::FirstLook form_page(int number = 1) {
  page::FirstLook look = plain_page();
  look.marks.form = page::FormPage{"REC", 1, number};
  return look;
}

// An eye that sees these pages in every file, as many as the file has.
inline Eye eye_that_sees(std::vector<page::FirstLook> looks) {
  return [looks](const std::string&, std::uint32_t pages) {
    std::vector<page::FirstLook> seen(looks.begin(),
                                      looks.begin() + std::min<std::size_t>(pages, looks.size()));
    while (seen.size() < pages) seen.push_back(plain_page());
    return seen;
  };
}

}  // namespace ingest
