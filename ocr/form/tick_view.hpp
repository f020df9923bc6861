// A tick box with its surroundings, cut out of a page: ink that the form does not print, by place.
#pragma once

#include "ocr/form/align.hpp"

namespace ocr {

struct TickView {
  static constexpr double px_mm = 8;
  static constexpr double reach_mm = 3.2;   // beyond the box on all sides
  static constexpr double inset_mm = 0.45;  // from the middle of the frame's line to what counts as inside

  static constexpr int ring_px_least = 150;  // of `added`: a third of the thinnest ring around a box

  double grown_mm = 0;  // by how much more the frame reaches out than it is printed: copies of copies

  cv::Mat added;        // 255 where there is ink and the form has none
  cv::Mat printed;      // 255 where the form prints, or nearly: what stands there cannot be told
  cv::Rect inside;      // px
  cv::Rect box;         // px, by the middle of the frame's lines
  bool dotted = false;  // `added` has nothing inside, but loose dots lie there as they do nowhere around
};

TickView view_tick(const page::Raster& master, const Registration& where, const Form& form,
                   const Element& tick);

// Components of less than `extent_px` across are dust, and go.
void drop_specks(cv::Mat& ink, int extent_px);

}  // namespace ocr
