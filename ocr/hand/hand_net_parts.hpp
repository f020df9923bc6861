// Inside the handwriting net: the sheets that pass between its layers, and reading it from its file.
#pragma once

#include "ocr/hand/hand_net.hpp"

namespace ocr {

inline constexpr int sheet_margin = 2;  // zeros around every sheet: as far as any layer looks beyond an edge

struct HandNet::Sheet {
  Sheet(int channel_count, int rows, int columns);
  Sheet parted() const;
  Sheet pooled() const;
  float* row(int channel, int y) {
    return cells.data() + static_cast<std::ptrdiff_t>(channel) * plane + (y + sheet_margin) * stride +
           sheet_margin;
  }
  const float* row(int channel, int y) const { return const_cast<Sheet*>(this)->row(channel, y); }

  int channels = 0, height = 0, width = 0;
  int stride = 0, plane = 0;
  std::vector<float> cells;
};

}  // namespace ocr
