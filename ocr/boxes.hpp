// What reads the boxed fields of a form: the cell net, and what the house knows of their values.
#pragma once

#include <filesystem>
#include <vector>

#include "ocr/cell_net.hpp"
#include "ocr/cells.hpp"
#include "ocr/choices.hpp"
#include "ocr/settle.hpp"
#include "ocr/towns.hpp"

namespace ocr {

class Boxes {
 public:
  // BrokenWorld when a model is missing or damaged.
  explicit Boxes(const std::filesystem::path& models_dir);

  // What each cell may say, up to the last one with ink.
  std::vector<CellChoices> choices(const Element& element, const Comb& comb) const;
  const CellNet& net() const { return net_; }
  const Towns& towns() const { return towns_; }

 private:
  CellNet net_;
  Towns towns_;
};

// A comb of a page with what was made of it.
struct BoxRead {
  const Element* element = nullptr;
  std::vector<CellChoices> cells;
  Settled settled;
};
// Every comb of one page, with all that they tell of one another. `latest`: the day the letter came.
void settle_all(std::vector<BoxRead>& boxes, const Boxes& known, const std::optional<letter::Day>& latest);

}  // namespace ocr
