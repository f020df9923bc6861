// A box of ruled lines for free text.
#pragma once

#include <string>
#include <vector>

#include "ocr/align.hpp"
#include "ocr/readers.hpp"

namespace ocr {

struct FormPage;

struct LinedBox {
  std::vector<letter::Line> lines;
  std::string text;  // the lines joined as one paragraph
  letter::Confidence confidence = 0;
  bool hand = false;  // print's engine makes no sense of it
};

// Rules and frame are taken out before print is read.
LinedBox read_lined_box(const FormPage& page, const Element& element, const Readers& readers);

}  // namespace ocr
