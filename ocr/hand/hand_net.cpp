#include "ocr/hand/hand_net.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocr/hand/hand_net_parts.hpp"

namespace ocr {
namespace {

// Steps as rows of weights, each with a last term of 1 for the bias.
PackedRows pack_steps(const std::vector<float>& in, int steps, int inputs) {
  std::vector<float> with_one(static_cast<std::size_t>(steps) * (inputs + 1), 1.0F);
  for (int t = 0; t < steps; ++t)
    std::copy_n(in.begin() + static_cast<std::ptrdiff_t>(t) * inputs, inputs,
                with_one.begin() + static_cast<std::ptrdiff_t>(t) * (inputs + 1));
  return pack_rows(with_one, std::vector<float>(static_cast<std::size_t>(steps), 0.0F), inputs + 1);
}

std::vector<std::ptrdiff_t> rows_apart(int rows, std::ptrdiff_t stride) {
  std::vector<std::ptrdiff_t> offset(static_cast<std::size_t>(rows));
  for (int k = 0; k < rows; ++k) offset[static_cast<std::size_t>(k)] = k * stride;
  return offset;
}

int up_to(int n, int multiple) { return (n + multiple - 1) / multiple * multiple; }

void to_log_probabilities(float* row, int width) {
  const float most = *std::max_element(row, row + width);
  float sum = 0;
  for (int k = 0; k < width; ++k) sum += std::exp(row[k] - most);
  const float log_sum = most + std::log(sum);
  for (int k = 0; k < width; ++k) row[k] -= log_sum;
}

}  // namespace

HandNet::Sheet::Sheet(int channel_count, int rows, int columns)
    : channels(channel_count), height(rows), width(columns) {
  stride = 2 * sheet_margin + up_to(columns, kernel_across) + kernel_across;
  plane = stride * (rows + 2 * sheet_margin);
  cells.assign(static_cast<std::size_t>(plane) * channel_count, 0.0F);
}

// Columns two by two, even ones first: what a step of two across needs to read in a row.
HandNet::Sheet HandNet::Sheet::parted() const {
  Sheet out(channels * 2, height, (width + 1) / 2);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) out.row(2 * c + x % 2, y)[x / 2] = row(c, y)[x];
  return out;
}

HandNet::Sheet HandNet::Sheet::pooled() const {
  Sheet out(channels, height / 2, width / 2);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < out.height; ++y) {
      const float *above = row(c, 2 * y), *below = row(c, 2 * y + 1);
      float* to = out.row(c, y);
      for (int x = 0; x < out.width; ++x)
        to[x] = std::max(std::max(above[2 * x], above[2 * x + 1]), std::max(below[2 * x], below[2 * x + 1]));
    }
  return out;
}

HandNet::Sheet HandNet::convolve(const Convolution& layer, const Sheet& in) const {
  const Sheet halves = layer.step_x == 2 ? in.parted() : Sheet(0, 0, 0);
  const Sheet& from = layer.step_x == 2 ? halves : in;
  std::vector<std::ptrdiff_t> offset;
  for (int c = 0; c < layer.inputs; ++c)
    for (int ky = 0; ky < layer.high; ++ky)
      for (int kx = 0; kx < layer.wide; ++kx) {
        const int right = kx - layer.pad_x;
        const int part = layer.step_x == 2 ? right & 1 : 0;
        const int channel = layer.step_x * c + part;
        offset.push_back(static_cast<std::ptrdiff_t>(channel) * from.plane +
                         (ky - layer.pad_y) * from.stride + (right - part) / layer.step_x);
      }
  Sheet out(up_to(layer.outputs, kernel_rows), (in.height + 2 * layer.pad_y - layer.high) / layer.step_y + 1,
            (in.width + 2 * layer.pad_x - layer.wide) / layer.step_x + 1);
  for (int y = 0; y < out.height; ++y)
    kernel_.sums(layer.rows, {from.row(0, y * layer.step_y), offset.data()},
                 {out.row(0, y), out.plane, out.width, true});
  out.channels = layer.outputs;
  for (int c = 0; c < out.channels; ++c)
    for (int y = 0; y < out.height; ++y)  // whole blocks were written: beyond the sheet is nothing again
      std::fill_n(out.row(c, y) + out.width, kernel_across, 0.0F);
  return layer.pool == 2 ? out.pooled() : out;
}

std::vector<float> HandNet::remember(const MemoryLayer& layer, const std::vector<float>& in,
                                     int steps) const {
  const int hidden = layer.forth.cells.hidden;
  const int width = 4 * hidden;
  const auto rows = pack_steps(in, steps, layer.inputs);
  const auto offset = rows_apart(layer.inputs + 1, width);
  std::vector<float> gates(static_cast<std::size_t>(up_to(steps, kernel_rows)) * width);
  std::vector<float> out(static_cast<std::size_t>(steps) * 2 * hidden);
  for (const bool back : {false, true}) {
    const Direction& direction = back ? layer.back : layer.forth;
    kernel_.sums(rows, {direction.input.data(), offset.data()}, {gates.data(), width, width});
    kernel_.remember(direction.cells,
                     {gates.data(), out.data() + (back ? hidden : 0), 2 * hidden, steps, back});
  }
  return out;
}

HandScores HandNet::operator()(const cv::Mat& ink) const {
  ENSURE(ink.type() == CV_8UC1 && ink.rows == hand_height && ink.cols >= 8 && ink.cols <= hand_widest);
  Sheet sheet(1, ink.rows, ink.cols);
  for (int y = 0; y < ink.rows; ++y)
    for (int x = 0; x < ink.cols; ++x)
      sheet.row(0, y)[x] = static_cast<float>(ink.at<unsigned char>(y, x)) / 255;
  for (const Convolution& layer : convolutions_) sheet = convolve(layer, sheet);

  HandScores scores;
  scores.steps = sheet.width;
  scores.width = static_cast<int>(letters_.size()) + 1;
  std::vector<float> seen(static_cast<std::size_t>(sheet.width) * sheet.channels);
  for (int c = 0; c < sheet.channels; ++c)
    for (int t = 0; t < sheet.width; ++t)
      seen[static_cast<std::size_t>(t) * sheet.channels + c] = sheet.row(c, 0)[t];
  for (const MemoryLayer& layer : memories_) seen = remember(layer, seen, scores.steps);

  const auto offset = rows_apart(answer_inputs_ + 1, answer_stride_);
  std::vector<float> answers(static_cast<std::size_t>(up_to(scores.steps, kernel_rows)) * answer_stride_);
  kernel_.sums(pack_steps(seen, scores.steps, answer_inputs_), {answer_.data(), offset.data()},
               {answers.data(), answer_stride_, scores.width});
  for (int t = 0; t < scores.steps; ++t) {
    float* row = answers.data() + static_cast<std::ptrdiff_t>(t) * answer_stride_;
    to_log_probabilities(row, scores.width);
    scores.log_p.insert(scores.log_p.end(), row, row + scores.width);
  }
  return scores;
}

}  // namespace ocr
