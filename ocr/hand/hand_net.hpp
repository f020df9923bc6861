// The handwriting net: ink of one line in, how likely each letter is at each step out. Convolutions, two
// layers of LSTM both ways, CTC. Made by models/workshop/handwriting/export.py; same numbers as PyTorch to
// 1e-4. One thread, no state between calls.
#pragma once

#include <opencv2/core.hpp>
#include <string_view>
#include <vector>

#include "letter/result.hpp"
#include "ocr/hand/hand_kernel.hpp"

namespace ocr {

inline constexpr int hand_height = 40;        // px of a line of ink
inline constexpr int hand_widest = 40 * 250;  // px: longer lines are no lines

// Natural logarithms of probabilities, [steps][letters + 1]; index 0 is CTC's blank.
struct HandScores {
  int steps = 0;
  int width = 0;  // letters + 1
  std::vector<float> log_p;
  const float* at(int step) const { return log_p.data() + static_cast<std::ptrdiff_t>(step) * width; }
};

// How sure a letter is: log-odds = base + agreed * (those of the beam's agreement) + seen * (those of the
// net's own certainty) + line * (mean of the latter over the line). Fitted on lines the net did not learn
// from.
struct HandCertainty {
  double base = 0, agreed = 0.5, seen = 0.5, line = 0;
};

class HandNet {
 public:
  // The bytes of a weights file: text header, empty line, half-precision numbers
  // (models/handwriting/README.md has the format). Fault "hand.model" for anything else.
  static letter::Result<HandNet> parse(std::string_view bytes, Kernel kernel = Kernel());

  // `ink`: hand_height rows of 8 bits, 0 = paper, 255 = ink (ocr/hand/hand_ink), at least 8 px wide.
  HandScores operator()(const cv::Mat& ink) const;
  // The letter of each index from 1 on: index i is letters()[i - 1], one code point.
  const std::u32string& letters() const { return letters_; }
  const HandCertainty& certainty() const { return certainty_; }

 private:
  HandNet() = default;
  struct Convolution {
    int outputs = 0, inputs = 0, high = 0, wide = 0;
    int step_y = 1, step_x = 1, pad_y = 0, pad_x = 0;
    int pool = 1;  // 2: the greatest of 2 x 2 afterwards
    PackedRows rows;
  };
  struct Direction {
    std::vector<float> input;  // [inputs + 1][4 * hidden]; the last row is the bias
    Recurrence cells;
  };
  struct MemoryLayer {
    int inputs = 0;
    Direction forth, back;
  };
  struct Sheet;  // numbers of one layer: channels of rows, with room around
  struct Parser;

  Sheet convolve(const Convolution& layer, const Sheet& in) const;
  std::vector<float> remember(const MemoryLayer& layer, const std::vector<float>& in, int steps) const;

  Kernel kernel_;
  std::u32string letters_;
  HandCertainty certainty_;
  std::vector<Convolution> convolutions_;
  std::vector<MemoryLayer> memories_;
  std::vector<float> answer_;  // [inputs + 1][answer_stride_]
  int answer_inputs_ = 0, answer_stride_ = 0;
};

}  // namespace ocr
