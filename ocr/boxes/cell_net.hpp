// The cell net: the picture of one character in, how likely each letter is out. Convolutions only. Made by
// models/workshop/handwriting/cells_export.py; same numbers as PyTorch to 1e-3. One thread, no state between
// calls.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "letter/result.hpp"
#include "ocr/hand/hand_kernel.hpp"

namespace ocr {

inline constexpr int cell_side = 32;  // px of a cell's picture

// What the net makes of one cell.
struct CellSeen {
  std::vector<float> log_p;  // natural logarithms of letters().size() + 1 probabilities; the last: no letter
  std::vector<float> look;   // its shape as the net sees it, of length 1: alike shapes have a product near 1
};

class CellNet {
 public:
  // The bytes of a weights file: text header, empty line, half-precision numbers (ocr/model_file.hpp).
  // Fault "cells.model" for anything else.
  static letter::Result<CellNet> parse(std::string_view bytes, Kernel kernel = Kernel());

  // Pictures of cell_side px a side, 8 bits, 0 = paper, 255 = ink. An answer for each.
  std::vector<CellSeen> operator()(const std::vector<cv::Mat>& cells) const;
  const std::string& letters() const { return letters_; }  // ASCII

 private:
  CellNet() = default;
  struct Convolution {  // 3 x 3, as large out as in, nothing below zero
    int outputs = 0, inputs = 0;
    int pool = 1;  // 2: the greatest of 2 x 2 afterwards
    PackedRows rows;
  };
  struct Sheet;  // the numbers of one layer, several cells side by side
  struct Parser;
  Sheet convolve(const Convolution& layer, const Sheet& in) const;
  std::vector<float> whole(const Sheet& in) const;
  void read(const cv::Mat* cells, int count, std::vector<CellSeen>& to) const;

  Kernel kernel_;
  std::string letters_;
  std::vector<Convolution> convolutions_;
  PackedRows whole_, answer_;
};

}  // namespace ocr
