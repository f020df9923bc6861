// The lines and marks that a form prints, without its lettering: what registration looks for.
#pragma once

#include <vector>

#include "ocr/form/form.hpp"
#include "page/raster.hpp"

namespace ocr {

// A straight stroke of ink, mm; a filled square is a wide stroke.
struct Stroke {
  cv::Point2d from, to;
  double width = 0.2;
};
std::vector<Stroke> strokes_of(const Form& form);

// Where a piece of the print cannot be mistaken for its neighbour: corners, ends of combs, marks (mm).
std::vector<cv::Point2d> landmarks_of(const Form& form);

// Ink of the strokes as they would lie on a page, 0..1 in CV_32F. `map`: mm -> px of the canvas.
cv::Mat drawn(const std::vector<Stroke>& strokes, const cv::Matx23d& map, cv::Size size);

}  // namespace ocr
