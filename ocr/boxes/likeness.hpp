// How likely two cells of one form are the same letter, by their shapes alone.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

#include "ocr/boxes/boxes.hpp"

namespace ocr {

// A cell with ink, wherever it stands.
struct Spot {
  std::size_t box = 0, cell = 0;
};

// By how the net sees them (BoxRead::looks); and where a machine wrote them, by their pictures too
// (BoxRead::shapes): it strikes a letter the same way every time, so that two shapes which differ more than
// this form's nearest ones do are two letters, even if the net sees one (an 8 and a zero with a stroke in
// it).
class Likeness {
 public:
  explicit Likeness(const std::vector<BoxRead>& boxes);
  const std::vector<Spot>& spots() const { return spots_; }  // in the order of the boxes
  double of(std::size_t a, std::size_t b) const {
    return alike_[a * spots_.size() + b];
  }  // 0..1, of two spots
  // 0..1: how surely the pictures of two spots are a machine's two letters; 0 where a hand wrote.
  double unlike(std::size_t a, std::size_t b) const;

 private:
  void mind_shapes(const std::vector<BoxRead>& boxes);
  std::vector<Spot> spots_;
  std::vector<double> alike_, unlike_;  // unlike_: empty where a hand wrote
};

// What BoxRead::shapes holds of a cell's picture: 16 x 16 numbers of mean 0 and length 1.
std::vector<float> shape_of(const cv::Mat& picture);

}  // namespace ocr
