// A cut-out line as the handwriting net wants it: 40 px high, paper taken away.
#pragma once

#include <opencv2/core.hpp>

namespace ocr {

// Grey (0 = black), any size from 2 px a side on; the line fills the height. The result is hand_height rows,
// 0 = paper, 255 = ink, between 8 px and hand_widest wide. The trainer's `to_ink` byte for byte.
cv::Mat to_ink(const cv::Mat& grey);

}  // namespace ocr
