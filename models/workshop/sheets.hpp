// Telling put on paper: a filled form or a free letter, as clean pages of pixels.
#pragma once

#include <vector>

#include "models/workshop/penmanship.hpp"
#include "models/workshop/sender.hpp"
#include "models/workshop/specimen.hpp"

namespace workshop {

// What one painting needs; `truth` is told what was really written.
struct Desk {
  const ocr::Form& form;
  const Telling& telling;
  const Writing& writing;
  letter::Day arrived;
  double dpi;
  Dice& dice;
  Truth& truth;
  double difficulty = 0;
  std::optional<PaperKind> paper;
  const std::map<std::string, Mark>* marks = nullptr;
};

// One page, and a second of plain paper when the words do not fit.
std::vector<Raster> filled_form(Desk& desk);
std::vector<Raster> free_letter(Desk& desk, const Stock& stock);
// Plain paper with nothing but these lines and the writer's name at its top.
Raster continuation(Desk& desk, const std::vector<std::string>& lines);
// The outside of the envelope that it came in.
Raster envelope(Desk& desk, const Stock& stock);

}  // namespace workshop
