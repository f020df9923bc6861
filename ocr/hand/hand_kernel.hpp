// Sums of products for the handwriting net, on whatever vector units this processor has. One thread.
#pragma once

#include <cstddef>
#include <vector>

namespace ocr {

inline constexpr int kernel_rows = 4;     // outputs made together; weights are packed by so many
inline constexpr int kernel_across = 24;  // columns made together: readable beyond the last one asked for

// Rows of weights that share their inputs, packed as [rows / 4][terms][4]; missing rows are zero.
struct PackedRows {
  int rows = 0, terms = 0;
  std::vector<float> weights;
  std::vector<float> bias;  // one a row, to the next multiple of 4
};
PackedRows pack_rows(const std::vector<float>& weights, const std::vector<float>& bias, int terms);

// Where the terms of a sum stand: term k of column x is from[offset[k] + x].
struct Terms {
  const float* from = nullptr;
  const std::ptrdiff_t* offset = nullptr;
};

// Where sums go: row r, column x to at[r * stride + x]. Whole blocks of columns are written, so up to
// kernel_across - 1 floats beyond `columns` change.
struct Sums {
  float* at = nullptr;
  std::ptrdiff_t stride = 0;
  int columns = 0;
  bool floor_at_zero = false;
};

// One direction of an LSTM layer: `hidden` a multiple of 16; gates in the order in, forget, new, out.
struct Recurrence {
  int hidden = 0;
  std::vector<float> weights;  // [hidden][4 * hidden]: what each value remembered gives to each gate
};

class Kernel {
 public:
  Kernel();                                                      // the widest that this processor has
  explicit Kernel(bool plain) : wide_(!plain && wide_here()) {}  // plain: what every processor has
  void sums(const PackedRows& rows, const Terms& terms, const Sums& sums) const;
  // gates: [steps][4 * hidden] in, spoilt; out: [steps][stride], of which `hidden` values are written.
  struct Memory {
    float* gates = nullptr;
    float* out = nullptr;
    std::ptrdiff_t stride = 0;
    int steps = 0;
    bool backwards = false;
  };
  void remember(const Recurrence& cells, const Memory& memory) const;

 private:
  static bool wide_here();
  bool wide_;
};

}  // namespace ocr
