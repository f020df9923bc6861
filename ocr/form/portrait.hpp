// How a printed form looks, prepared for finding it on a page.
#pragma once

#include <string>
#include <vector>

#include "ocr/form/form.hpp"
#include "page/raster.hpp"

namespace ocr {

// A piece of the print that cannot be mistaken for its neighbours, mm.
struct Landmark {
  cv::Point2d mm;  // its middle
  cv::Size2d size;
  bool lettering = false;  // else lines and marks
};

// How dark each pixel is against its surroundings, 8-bit; heavy ink counts no more than print.
struct Darkness {
  cv::Mat map;
  double px_mm = 1;
  double scale = 1;  // px of map per px of the page
};
// Of a page, reduced by a whole number to about `px_mm`.
Darkness darkness_of(const page::Raster& page, double px_mm);
// The same, coarser.
Darkness coarser(const Darkness& fine, double px_mm);

inline constexpr double coarse_px_mm = 1, rough_px_mm = 3, fine_px_mm = 6;

// The coarse picture, stretched, for a search over all places at once.
struct Silhouette {
  double stretch = 1;
  cv::Mat spectrum;  // of a canvas of Portrait::canvas px with the form in its middle
};

struct Portrait {
  cv::Mat rough, fine;  // darkness at rough_px_mm, fine_px_mm; the sheet's corner is the picture's
  cv::Size canvas;
  std::vector<Silhouette> silhouettes;
  std::vector<Landmark> landmarks;
};

// `png`: the printed form, as `vaguemestre form print` makes it; without it (or when it cannot be read)
// the form's lines are drawn and its lettering is left out.
Portrait portrait_of(const Form& form, const std::string& png);

// Brightness about nothing and of length one, and its spectrum: the product of two is their correlation.
cv::Mat spectrum_of(const cv::Mat& canvas);

}  // namespace ocr
