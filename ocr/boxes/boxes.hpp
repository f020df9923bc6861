// What reads the boxed fields of a form: the cell net, and what the house knows of their values.
#pragma once

#include <filesystem>
#include <vector>

#include "ocr/boxes/cell_net.hpp"
#include "ocr/boxes/cells.hpp"
#include "ocr/boxes/choices.hpp"
#include "ocr/boxes/settle.hpp"
#include "ocr/boxes/towns.hpp"

namespace ocr {

// A comb of a page with what was made of it. One entry a cell, up to the last one with ink.
struct BoxRead {
  const Element* element = nullptr;
  std::vector<CellChoices> cells;  // what they may say, all considered
  Settled settled;
  std::vector<CellChoices> strokes;       // what they may say by the net alone
  std::vector<std::vector<float>> looks;  // CellSeen::look; empty without ink
  bool print_shows = true;                // Comb::print_shows
};

// Score of a comb in which nothing is written.
inline constexpr double empty_score = 0.97;

class Boxes {
 public:
  // BrokenWorld when a model is missing or damaged.
  explicit Boxes(const std::filesystem::path& models_dir);

  BoxRead read(const Element& element, const Comb& comb) const;
  const Towns& towns() const { return towns_; }

 private:
  CellNet net_;
  Towns towns_;
};

// Every comb of one page, with all that they tell of one another. Where not even the print around it can be
// seen, an empty comb has the note field.print_unseen. `latest`: the day the letter came.
void settle_all(std::vector<BoxRead>& boxes, const Boxes& known, const std::optional<letter::Day>& latest);

}  // namespace ocr
