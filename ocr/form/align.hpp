// Where a printed form lies on a page: a map between millimetres of the form and pixels of the
// untouched master page, in any of the four ways a sheet can be fed.
#pragma once

#include <optional>
#include <vector>

#include "ocr/form/feed.hpp"
#include "ocr/form/form.hpp"
#include "page/raster.hpp"

namespace ocr {

// A page counts as the form when at least this share of the printed places is found where it must be.
// Measured: painted forms under every mishap 0.5 to 1, other pages (forms of others too) under 0.1.
inline constexpr double form_sure = 0.3;

class Registration {
 public:
  double score = 0;    // share of printed places found, 0..1
  double spread = 0;   // mm, median of what the places are off the whole map
  cv::Matx23d affine;  // mm -> px
  // The sheet is not flat and the scanner does not pull evenly: what lies beyond the affine map, mm of the
  // form.
  Curve down, across;  // by place on the page, mm of the scan
  struct Pull {        // what is left here and there
    cv::Point2d at, by;
    double weight = 0;
  };
  std::vector<Pull> pulls;
  double scan_px_a_mm = 1;

  cv::Point2d beyond(const cv::Point2d& mm) const;
  cv::Point2d px(double x_mm, double y_mm) const;
  int turn_deg() const;     // counter-clockwise turn that makes the page upright
  double skew_deg() const;  // what is left then, positive = clockwise
  double px_a_mm() const;
  // The place of a rectangle of the form on the master page, in 0..1.
  letter::Box box(double x, double y, double w, double h, cv::Size master) const;
};

// The form on this page, or nothing. `skew_deg`: a first guess for the page as it stands or turned by a
// quarter; `on_its_side`: which of the two to try first.
std::optional<Registration> align(const page::Raster& master, const Form& form, double skew_deg,
                                  bool on_its_side);

// A rectangle of the form (mm), cut out straight and upright; outside of the page it is white.
cv::Mat cut(const page::Raster& master, const Registration& where, const cv::Rect2d& mm, double px_a_mm);

}  // namespace ocr
