// Reading print by Tesseract; print.cpp is the one file that sees it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "letter/reading.hpp"
#include "page/raster.hpp"

namespace ocr {

struct PrintedLine {
  std::string text;
  letter::Confidence confidence = 0;  // mean over its words, by length
  cv::Rect box;
};

// French print. Slow to make, kept for life, one thread. Texts are valid UTF-8 with plain apostrophes.
class Print {
 public:
  Print();  // BrokenWorld when the French model is missing
  ~Print();
  Print(const Print&) = delete;
  Print& operator=(const Print&) = delete;

  // One line of `allowed` characters (ASCII; empty = any), of about 300 dpi: what the cell net is compared
  // with. Its characters without the spaces between them.
  std::string line(const cv::Mat& grey, const std::string& allowed);
  // One line of whatever print, level and alone, of about `dpi`; its box is that of its text.
  PrintedLine text(const cv::Mat& grey, double dpi);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ocr
