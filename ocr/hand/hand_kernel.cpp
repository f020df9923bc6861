#include "ocr/hand/hand_kernel.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "letter/result.hpp"

namespace ocr {
namespace {

constexpr int lanes = 8;
using Lanes = float __attribute__((vector_size(lanes * sizeof(float))));
using Whole = std::int32_t __attribute__((vector_size(lanes * sizeof(float))));

// Everything below is compiled twice, for what every processor has and for AVX2; it must be inlined for that.
#define EITHER_WAY [[gnu::always_inline]] inline

using Anywhere = float __attribute__((vector_size(lanes * sizeof(float)), aligned(sizeof(float)), may_alias));
EITHER_WAY void load(Lanes& lane, const float* from) { lane = *reinterpret_cast<const Anywhere*>(from); }
EITHER_WAY void store(float* to, const Lanes& lane) { *reinterpret_cast<Anywhere*>(to) = lane; }

// Loops of fixed length are unrolled, or the sums would live in memory.
template <int Wide>
EITHER_WAY void block(const float* weights, int terms, const Terms& at, const float* bias, const Sums& to) {
  Lanes sum[kernel_rows][Wide];
#pragma GCC unroll 4
  for (int r = 0; r < kernel_rows; ++r)
#pragma GCC unroll 4
    for (int v = 0; v < Wide; ++v) sum[r][v] = Lanes{} + bias[r];
  for (int k = 0; k < terms; ++k) {
    const float* from = at.from + at.offset[k];
    Lanes term[Wide];
#pragma GCC unroll 4
    for (int v = 0; v < Wide; ++v) load(term[v], from + v * lanes);
#pragma GCC unroll 4
    for (int r = 0; r < kernel_rows; ++r)
#pragma GCC unroll 4
      for (int v = 0; v < Wide; ++v) sum[r][v] += term[v] * weights[k * kernel_rows + r];
  }
#pragma GCC unroll 4
  for (int r = 0; r < kernel_rows; ++r)
#pragma GCC unroll 4
    for (int v = 0; v < Wide; ++v) {
      if (to.floor_at_zero) sum[r][v] = sum[r][v] > 0.0F ? sum[r][v] : Lanes{};
      store(to.at + r * to.stride + v * lanes, sum[r][v]);
    }
}

EITHER_WAY void all_sums(const PackedRows& rows, const Terms& terms, const Sums& sums) {
  for (int x = 0; x < sums.columns; x += kernel_across) {
    const Terms here{terms.from + x, terms.offset};
    const int left = sums.columns - x;
    for (int r = 0; r < rows.rows; r += kernel_rows) {
      const float* weights = rows.weights.data() + static_cast<std::ptrdiff_t>(r) * rows.terms;
      const Sums to{sums.at + r * sums.stride + x, sums.stride, left, sums.floor_at_zero};
      if (left > 2 * lanes)
        block<3>(weights, rows.terms, here, rows.bias.data() + r, to);
      else if (left > lanes)
        block<2>(weights, rows.terms, here, rows.bias.data() + r, to);
      else
        block<1>(weights, rows.terms, here, rows.bias.data() + r, to);
    }
  }
}

// e^x to about 2e-7, by halving the range and a polynomial (Cephes).
EITHER_WAY void exponential(Lanes& x) {
  x = x > 88.0F ? Lanes{} + 88.0F : x;
  x = x < -87.0F ? Lanes{} - 87.0F : x;
  const Lanes scaled = x * 1.44269504F;
  const Lanes half = scaled > 0.0F ? Lanes{} + 0.5F : Lanes{} - 0.5F;
  const Whole power = __builtin_convertvector(scaled + half, Whole);
  const Lanes whole = __builtin_convertvector(power, Lanes);
  const Lanes rest = x - whole * 0.693359375F + whole * 2.12194440e-4F;
  Lanes sum = Lanes{} + 1.9875691500e-4F;
  sum = sum * rest + 1.3981999507e-3F;
  sum = sum * rest + 8.3334519073e-3F;
  sum = sum * rest + 4.1665795894e-2F;
  sum = sum * rest + 1.6666665459e-1F;
  sum = sum * rest + 5.0000001201e-1F;
  sum = sum * rest * rest + rest + 1.0F;
  const Whole exponent = (power + 127) << 23;
  Lanes two_to_power;
  std::memcpy(&two_to_power, &exponent, sizeof two_to_power);
  x = sum * two_to_power;
}

EITHER_WAY void sigmoid(Lanes& x) {
  x = -x;
  exponential(x);
  x = 1.0F / (1.0F + x);
}

EITHER_WAY void hyperbolic_tangent(Lanes& x) {
  x = -2.0F * x;
  exponential(x);
  x = 2.0F / (1.0F + x) - 1.0F;
}

constexpr int gates_together = 8;

EITHER_WAY void add_remembered(const Recurrence& cells, const float* before, float* gates) {
  const int width = 4 * cells.hidden;
  for (int g = 0; g < width; g += gates_together * lanes) {
    Lanes sum[gates_together];
#pragma GCC unroll 8
    for (int v = 0; v < gates_together; ++v) load(sum[v], gates + g + v * lanes);
    const float* weights = cells.weights.data() + g;
    for (int j = 0; j < cells.hidden; ++j, weights += width) {
#pragma GCC unroll 8
      for (int v = 0; v < gates_together; ++v) {
        Lanes weight;
        load(weight, weights + v * lanes);
        sum[v] += weight * before[j];
      }
    }
#pragma GCC unroll 8
    for (int v = 0; v < gates_together; ++v) store(gates + g + v * lanes, sum[v]);
  }
}

EITHER_WAY void walk(const Recurrence& cells, const Kernel::Memory& memory, float* state) {
  const int hidden = cells.hidden;
  const float* before = nullptr;
  for (int i = 0; i < memory.steps; ++i) {
    const int step = memory.backwards ? memory.steps - 1 - i : i;
    float* gates = memory.gates + static_cast<std::ptrdiff_t>(step) * 4 * hidden;
    float* out = memory.out + step * memory.stride;
    if (before) add_remembered(cells, before, gates);
    for (int j = 0; j < hidden; j += lanes) {
      Lanes in, forget, fresh, shown, kept;
      load(in, gates + j);
      load(forget, gates + hidden + j);
      load(fresh, gates + 2 * hidden + j);
      load(shown, gates + 3 * hidden + j);
      load(kept, state + j);
      sigmoid(in);
      sigmoid(forget);
      sigmoid(shown);
      hyperbolic_tangent(fresh);
      kept = forget * kept + in * fresh;
      store(state + j, kept);
      hyperbolic_tangent(kept);
      store(out + j, shown * kept);
    }
    before = out;
  }
}

void sums_plain(const PackedRows& rows, const Terms& terms, const Sums& sums) { all_sums(rows, terms, sums); }
void walk_plain(const Recurrence& cells, const Kernel::Memory& memory, float* state) {
  walk(cells, memory, state);
}
#ifdef __x86_64__
[[gnu::target("avx2,fma")]] void sums_wide(const PackedRows& rows, const Terms& terms, const Sums& sums) {
  all_sums(rows, terms, sums);
}
[[gnu::target("avx2,fma")]] void walk_wide(const Recurrence& cells, const Kernel::Memory& memory,
                                           float* state) {
  walk(cells, memory, state);
}
#else
constexpr auto sums_wide = sums_plain;
constexpr auto walk_wide = walk_plain;
#endif

}  // namespace

PackedRows pack_rows(const std::vector<float>& weights, const std::vector<float>& bias, int terms) {
  PackedRows packed;
  packed.terms = terms;
  packed.rows = static_cast<int>(bias.size());
  ENSURE(weights.size() == bias.size() * static_cast<std::size_t>(terms));
  const int blocks = (packed.rows + kernel_rows - 1) / kernel_rows;
  packed.weights.assign(static_cast<std::size_t>(blocks) * terms * kernel_rows, 0.0F);
  packed.bias = bias;
  packed.bias.resize(static_cast<std::size_t>(blocks) * kernel_rows, 0.0F);
  for (int r = 0; r < packed.rows; ++r)
    for (int k = 0; k < terms; ++k)
      packed
          .weights[(static_cast<std::size_t>(r / kernel_rows) * terms + k) * kernel_rows + r % kernel_rows] =
          weights[static_cast<std::size_t>(r) * terms + k];
  return packed;
}

bool Kernel::wide_here() {
#ifdef __x86_64__
  return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
#else
  return false;
#endif
}

Kernel::Kernel() : wide_(wide_here()) {}

void Kernel::sums(const PackedRows& rows, const Terms& terms, const Sums& sums) const {
  wide_ ? sums_wide(rows, terms, sums) : sums_plain(rows, terms, sums);
}

void Kernel::remember(const Recurrence& cells, const Memory& memory) const {
  ENSURE(cells.hidden % 16 == 0);  // the gates are summed 64 at a time
  std::vector<float> state(static_cast<std::size_t>(cells.hidden), 0.0F);
  wide_ ? walk_wide(cells, memory, state.data()) : walk_plain(cells, memory, state.data());
}

}  // namespace ocr
