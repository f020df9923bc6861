// A comb field cut out of the page: its cells without their lines, and which ink is whose.
#pragma once

#include <string>
#include <vector>

#include "ocr/form/align.hpp"

namespace ocr {

inline constexpr double cells_px_mm = 300 / 25.4;

struct Cell {
  bool inked = false;
  cv::Rect ink;         // px of the strip: bounds of what is written, empty when nothing is
  double area_mm2 = 0;  // of ink, also of what is too little to be writing
  double tone = 0;      // 0..1: how dark the ink is against the paper
};

struct Comb {
  cv::Mat strip;       // grey, 300 dpi, lines removed
  cv::Mat owner;       // CV_16S, of each pixel of the strip: the cell whose writing it is (from 1), or 0
  double paper = 255;  // tone of the paper
  bool print_shows =
      true;  // the label above it came through scanner or copier: what is not there was not written
  double left_over_mm2 = 0;  // of ink inside the cells that was taken for none of the writing
  std::vector<Cell> cells;
  std::size_t filled() const;  // cells up to the last one with ink
};

// Ink that hangs together belongs to the cell that holds its middle, however far it strays; what runs through
// several cells is parted where it is thinnest.
Comb cut_comb(const page::Raster& master, const Registration& where, const Element& comb);

// The writing of one inked cell as the cell net wants it: cell_side px a side, 0 = paper, 255 = ink, in the
// middle and as large as fits; what is small (a full stop) stays small and where it was in the cell.
cv::Mat cell_picture(const Comb& comb, std::size_t cell);

}  // namespace ocr
