// What stands on a form: every tick, every comb of cells, the lined box, the signature, the code.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/boxes/cells.hpp"
#include "ocr/form/align.hpp"
#include "ocr/readers.hpp"

namespace ocr {

struct FormRead {
  std::vector<letter::Field> fields;      // in the order of the form
  std::vector<letter::Line> lines;        // of the lined boxes
  std::string text;                       // of the lined boxes
  bool hand = false;                      // filled in by hand
  std::optional<letter::Day> written_on;  // the comb FAIT_LE, if it holds a real date
  letter::Box written_on_box;
};

// A page that `where` found the form on; `page` is its index in the letter.
struct FormPage {
  const page::Raster& master;
  const Registration& where;
  const Form& form;
  std::uint32_t page = 0;
  std::optional<letter::Day> latest = std::nullopt;  // no date on it is later: the day the letter came
};

FormRead read_form(const FormPage& page, const Readers& readers);

// How far the feet of neighbouring letters stray from one another, mm: a machine stays under
// hand_from_mm, a hand does not. 0 when there are too few letters to tell.
inline constexpr double hand_from_mm = 0.11;
double baseline_stray_mm(const std::vector<Comb>& combs);

}  // namespace ocr
