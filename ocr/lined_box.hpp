// A box of ruled lines for free text.
#pragma once

#include <string>
#include <vector>

#include "ocr/form/align.hpp"
#include "ocr/readers.hpp"

namespace ocr {

struct FormPage;

struct LinedBox {
  std::vector<letter::Line> lines;
  std::string text;  // the lines joined as one paragraph
  letter::Confidence confidence = 0;
  bool hand = false;  // more of it than of print
};

// What is written in it, upright at 300 dpi: its rules and its frame are taken out, and what is empty above
// and below the writing is left out.
struct BoxWriting {
  page::Raster raster;  // empty: nothing is written
  double top_mm = 0;    // of its upper edge on the form
};
BoxWriting writing_in(const FormPage& page, const Element& element);

// Nothing is read where nothing is written.
LinedBox read_lined_box(const FormPage& page, const Element& element, const Readers& readers);

// `grey` with paper pure white and ink black: readers take every step of grey for a stroke.
cv::Mat on_white(const cv::Mat& grey);

}  // namespace ocr
