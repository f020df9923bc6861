// Painted letters whose truth is known, with a scanner's faults: what tests and demonstrations read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "letter/letter.hpp"
#include "ocr/form.hpp"

namespace workshop {

struct PageTruth {
  double skew_deg = 0;  // positive = turned clockwise
  int turn_deg = 0;     // counter-clockwise turn that makes it upright: 0, 90, 180, 270
  bool operator==(const PageTruth&) const = default;
};

// What is true of one specimen.
struct Truth {
  std::string file;
  std::string form;  // form id; empty = a free letter
  letter::Queue queue = letter::Queue::autre;
  std::optional<letter::Queue> secondary;
  bool is_complaint = true;
  bool hand = false;                         // written by hand (a handwriting face)
  std::map<std::string, std::string> boxes;  // comb id -> text as written; tick id -> "true"
  std::string text;                          // the complainant's own words
  std::string letter_date;                   // ISO, or empty
  std::vector<PageTruth> pages;
};

struct Specimen {
  Truth truth;
  std::string bytes;  // a whole scan: TIFF, PNG, JPEG or PDF
  std::string media_type;
};

// The `index`-th specimen of `seed`: same arguments, same bytes. `arrived`: letters are dated within
// 15 days before it.
Specimen paint(const ocr::Form& form, std::uint64_t seed, std::uint32_t index, letter::Day arrived);

// Writes scans with NAME.truth.json into dir; scans are named by `prefix` and number.
letter::Result<std::vector<std::filesystem::path>> write_specimens(const std::filesystem::path& dir,
                                                                   std::uint32_t count, std::uint64_t seed,
                                                                   const ocr::Form& form,
                                                                   letter::Day arrived);

std::string truth_json(const Truth& truth);

}  // namespace workshop
