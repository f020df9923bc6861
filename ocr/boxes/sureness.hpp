// How sure the reading of a comb is, from all that speaks for and against it: one sum of weights, made by
// models/workshop/reading/sureness.py.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "letter/result.hpp"

namespace ocr {

// What is looked at (ocr/boxes/evidence), each about -1..9; the file of weights has these names.
inline constexpr std::array<std::string_view, 42> evidence_names{
    "share",       "least_stroke", "second_stroke", "mean_stroke", "least_cell",   "least_sense",
    "changed",     "key_holds",    "check_holds",   "check_fails", "listed",       "agrees",
    "contradicts", "letters",      "unknown",       "holes",       "long_holes",   "stray_end",
    "small_ink",   "faint",        "left_over",     "near_miss",   "hand_known",   "hand_changed",
    "hand_sure",   "hand_sense",   "hand_holes",    "twins",       "like_others",  "unlike_own",
    "by_hand",     "rival",        "alone",         "unsupported", "holes_listed", "spelling",
    "named",       "hand_fails",   "confused",      "untested",    "unlisted",     "near_listed"};
using Evidence = std::array<double, evidence_names.size()>;

// Where the evidence of that name stands; a name that is none does not compile.
consteval std::size_t evidence(std::string_view name) {
  std::size_t at = 0;
  while (evidence_names.at(at) != name) ++at;
  return at;
}

class Sureness {
 public:
  // models_dir/reading/sureness.toml: tables [hand] and [typed], in each `base` and a weight by
  // evidence_names.
  explicit Sureness(const std::filesystem::path& models_dir);  // BrokenWorld when it is missing or damaged
  // Fault "boxes.sureness" for anything else.
  static letter::Result<Sureness> parse(const std::string& toml);

  double of(const Evidence& evidence, bool by_hand) const;  // 0..1

 private:
  Sureness() = default;
  struct Weights {
    double base = 0;
    Evidence of_each{};
  };
  Weights hand_, typed_;
};

}  // namespace ocr
