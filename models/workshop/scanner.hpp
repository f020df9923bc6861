// What a printer, a copier, the post and a scanner do to a clean page.
#pragma once

#include "models/workshop/canvas.hpp"
#include "models/workshop/dice.hpp"
#include "models/workshop/placement.hpp"

namespace workshop {

enum class Corner { top_left, top_right, bottom_left, bottom_right };

// A piece of paper that is gone (a triangle), or a patch that is white where something was printed (a
// square).
struct Loss {
  Corner corner = Corner::top_left;
  double size = 0;  // mm along both edges; 0 = nothing is lost
};

struct Faults {
  // How the print lies on its sheet.
  double stretch = 1;  // print against sheet, about the middle: a fit-to-page print has 0.93..1.03
  int copies = 0;      // generations of photocopies, each blurred, contrasted, speckled
  double toner = 0;    // of each copy: strokes grow by so many px at 300 dpi; below 0 they thin
  Loss lost_patch;     // from the corner of the sheet
  Loss cut_corner;

  // How the sheet lies on the scan.
  double skew_deg = 0;      // positive = the page lies turned clockwise
  int turn_deg = 0;         // counter-clockwise turn that would make it upright: 0, 90, 180, 270
  Point shift;              // mm
  double longer = 0;        // 0.01: a hundredth longer down the scan than across
  double shear = 0;         // 0.01: a row slides right by a hundredth of its depth
  std::vector<Wave> waves;  // the feed
  bool cropped = false;     // the scan is as large as the sheet, and what lies outside is lost; else it grows
  double lid = 255;         // what shows where no paper lies

  // What the scan looks like.
  double blur = 0;            // deviation of the blur, pixels; below 0.3 none
  double noise = 0;           // deviation of the noise, grey levels
  double paper = 255;         // how light the paper is
  std::vector<double> folds;  // mm from the top of the sheet; a fold is a dim band with a dark line
  double fold_depth = 0;      // grey levels at its darkest
  std::uint32_t specks = 0;   // dust, a page
  int threshold = 0;          // above 0: every pixel becomes black or white there
  double rows_dpi = 0;        // above 0: so many rows an inch (a fax), the columns as the page has them
};

struct Scan {
  Raster raster;
  Placement print;  // mm of the clean page -> px of the raster
};

// The page as scanned. Its geometry is changed once, whatever is ordered.
Scan scanned(const Raster& page, const Faults& faults, Dice& dice);

}  // namespace workshop
