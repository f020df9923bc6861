// What reads the boxed fields of a form: the cell net, and what the house knows of their values.
#pragma once

#include <filesystem>
#include <vector>

#include "ocr/boxes/cell_net.hpp"
#include "ocr/boxes/cells.hpp"
#include "ocr/boxes/choices.hpp"
#include "ocr/boxes/lexicon.hpp"
#include "ocr/boxes/settle.hpp"
#include "ocr/boxes/spelling.hpp"
#include "ocr/boxes/sureness.hpp"
#include "ocr/boxes/towns.hpp"

namespace ocr {

// Cell::area_mm2 and tone.
struct InkSeen {
  double area_mm2 = 0, tone = 0;
};

// A comb of a page with what was made of it. One entry a cell, up to the last one with ink.
struct BoxRead {
  const Element* element = nullptr;
  std::vector<CellChoices> cells;  // what they may say, all considered
  Settled settled;
  std::vector<CellChoices> strokes;        // what they may say by the net alone
  std::vector<std::vector<float>> looks;   // CellSeen::look; empty without ink
  std::vector<std::vector<float>> shapes;  // ocr::shape_of a machine's letters; none by hand
  std::vector<InkSeen> ink;
  double left_over_mm2 = 0;  // Comb::left_over_mm2
  bool near_miss = false;    // a cell among the letters has some ink, too little to be writing
  bool print_shows = true;   // Comb::print_shows
};

// Score of a comb in which nothing is written.
inline constexpr double empty_score = 0.97;

class Boxes {
 public:
  // BrokenWorld when a model is missing or damaged.
  explicit Boxes(const std::filesystem::path& models_dir);

  // `by_hand`: else the shapes of its letters are kept, which a machine repeats.
  BoxRead read(const Element& element, const Comb& comb, bool by_hand) const;
  const Towns& towns() const { return towns_; }
  const Lexicon& lexicon() const { return lexicon_; }
  const Spelling& spelling() const { return spelling_; }
  const Sureness& sureness() const { return sureness_; }

 private:
  CellNet net_;
  Towns towns_;
  Lexicon lexicon_;
  Spelling spelling_;
  Sureness sureness_;
};

// The box of that id with something in it, or null.
BoxRead* find_box(std::vector<BoxRead>& boxes, std::string_view id);
const BoxRead* find_box(const std::vector<BoxRead>& boxes, std::string_view id);

bool has_note(const BoxRead& box, std::string_view code);

// Every comb of one page, with all that they tell of one another. Where not even the print around it can be
// seen, an empty comb has the note field.print_unseen, and where neither name nor address can be,
// field.writing_lost. `latest`: the day the letter came.
void settle_all(std::vector<BoxRead>& boxes, const Boxes& known, const std::optional<letter::Day>& latest);

}  // namespace ocr
