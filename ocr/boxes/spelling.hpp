// Which letter follows which in French names, learned from the names of all towns: a model of three letters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocr/boxes/choices.hpp"

namespace ocr {

class Spelling {
 public:
  // Capitals; all else parts words.
  explicit Spelling(const std::vector<std::string>& names);

  // Nats: how unusual the letters of `text` around place `at` would be with `letter` there.
  double cost(std::string_view text, std::size_t at, char letter) const;

 private:
  double cost(int before, int last, int letter) const;
  std::vector<float> costs_;  // [before][last][letter]
};

// The reading of a cell that comes next when letters and spelling are weighed together.
struct Rival {
  std::size_t cell = 0;
  char letter = ' ';
  double ahead = -1e9;  // nats; over 0: likelier than what was read
};
// Of the cells that nobody vouches for (`vouched`: as Settled::vouched).
Rival best_rival(const std::vector<CellChoices>& cells, const std::string& text, const std::string& vouched,
                 const Spelling& spelling);

}  // namespace ocr
