// Tick boxes, each judged by itself against the empty form: what stands where the form prints nothing.
#pragma once

#include "ocr/form/align.hpp"

namespace ocr {

struct TickSeen {
  letter::TickState state = letter::TickState::blank;
  letter::Confidence confidence = 0;
  double inside = 0;  // share of ink in the box, without its frame
  double around = 0;  // share of ink in a band around it, 0.5 to 0.9 mm beyond the frame
};

// Strokes in the box tick it, however they lie and wherever they end; next to none leave it blank, and so
// does one that only runs through it from elsewhere to elsewhere. A tick under several lines that cross the
// whole box, and a box blackened far over its frame, were corrected: taken back. An empty box with a ring
// around it, and all that lies between these, is doubtful.
TickSeen see_tick(const page::Raster& master, const Registration& where, const Form& form,
                  const Element& tick);

// Whether anything was written into a rectangle (mm): a signature, a line.
bool written_in(const page::Raster& master, const Registration& where, const cv::Rect2d& mm);

// The tone of the paper in a piece of a page: a quarter of its pixels are as light or lighter.
double paper_of(const cv::Mat& grey);

// 255 where a piece of a page has ink: a good part darker than its own paper.
cv::Mat ink_of(const cv::Mat& grey);

}  // namespace ocr
