// Which letter follows which in French: a model of runs of letters, made by
// models/workshop/handwriting/letters.py.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "letter/result.hpp"

namespace ocr {

class LettersModel {
 public:
  static constexpr int longest_run = 8;
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  static constexpr int no_letter = -1;

  // What has been written last: the place of each run of 1, 2, ... letters that ends here.
  struct Past {
    std::array<std::uint32_t, longest_run - 1> run;
    bool operator==(const Past&) const = default;
  };

  // Fault "hand.model" for anything but a whole file of that script.
  static letter::Result<LettersModel> parse(std::string_view bytes);

  Past start() const;                // of a line: as after a space
  int index(char32_t letter) const;  // no_letter when the model never saw it
  // The natural logarithm of the probability of `letter` after `past`, which becomes the past with it.
  // no_letter: a fixed low one, and the past is forgotten.
  double follow(Past& past, int letter) const;

 private:
  LettersModel() = default;
  struct Level {
    std::vector<std::uint8_t> letter, cost;
    std::vector<std::uint8_t> back;          // empty at the last level
    std::vector<std::uint32_t> first_child;  // one more than runs; empty at the last level
  };
  std::uint32_t child(std::size_t length, std::uint32_t run, int letter) const;
  std::u32string letters_;
  std::vector<Level> levels_;  // levels_[n]: runs of n + 1 letters
};

}  // namespace ocr
