// What a scanner and a letter's way to it do to a clean page.
#pragma once

#include "models/workshop/canvas.hpp"
#include "models/workshop/dice.hpp"

namespace workshop {

struct Faults {
  double skew_deg = 0;        // positive = the page lies turned clockwise
  int turn_deg = 0;           // counter-clockwise turn that would make it upright: 0, 90, 180, 270
  Point shift;                // mm
  double blur = 0;            // deviation of the blur, pixels; below 0.3 none
  double noise = 0;           // deviation of the noise, grey levels
  double paper = 255;         // how light the paper is
  std::vector<double> folds;  // mm from the top; a fold is a dim band with a dark line
  double fold_depth = 0;      // grey levels at its darkest
  std::uint32_t specks = 0;   // dust, a page
  int threshold = 0;          // above 0: every pixel becomes black or white there
};

// The page as scanned. Its geometry is changed once, with white where no paper was.
Raster scanned(const Raster& page, const Faults& faults, Dice& dice);

}  // namespace workshop
