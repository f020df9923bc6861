// Tick boxes: how much ink stands where the empty form has none.
#pragma once

#include "ocr/align.hpp"

namespace ocr {

struct TickSeen {
  letter::TickState state = letter::TickState::blank;
  letter::Confidence confidence = 0;
  double inside = 0;  // share of ink in the box, without its frame
  double around = 0;  // share of ink in the ring just outside
};

// A box with next to no ink is blank; some strokes or a scribble tick it; a box blackened far over its
// frame was struck out again; what lies between blank and ticked is doubtful.
TickSeen see_tick(const page::Raster& master, const Registration& where, const Element& tick);

// Whether anything was written into a rectangle (mm): a signature, a line.
bool written_in(const page::Raster& master, const Registration& where, const cv::Rect2d& mm);

// The tone of the paper in a piece of a page: a quarter of its pixels are as light or lighter.
double paper_of(const cv::Mat& grey);

// 255 where a piece of a page has ink: a good part darker than its own paper.
cv::Mat ink_of(const cv::Mat& grey);

}  // namespace ocr
