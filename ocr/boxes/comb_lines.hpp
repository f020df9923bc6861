// The printed lines of a comb, found on its strip and taken out of it.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace ocr {

// Where the cells of a comb should lie on its strip, px.
struct Lattice {
  std::vector<double> left;
  double width = 0, top = 0, foot = 0;
  double nearest(double x) const;  // index of the cell whose middle is nearest
};

// Whether a line is there is asked where writing seldom goes: a scanner may have dropped its colour, a copier
// may have made it three times as thick. What is no thicker than the line goes, all that is thicker is a
// stroke and stays whole.
void remove_comb_lines(cv::Mat& grey, const Lattice& cells);

}  // namespace ocr
