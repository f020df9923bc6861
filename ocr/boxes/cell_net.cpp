#include "ocr/boxes/cell_net.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocr/model_file.hpp"

namespace ocr {
namespace {

constexpr int together = 8;  // cells a sheet: what a processor's cache holds

int up_to(int n, int multiple) { return (n + multiple - 1) / multiple * multiple; }

std::vector<std::ptrdiff_t> rows_apart(int rows, std::ptrdiff_t stride) {
  std::vector<std::ptrdiff_t> offset(static_cast<std::size_t>(rows));
  for (int k = 0; k < rows; ++k) offset[static_cast<std::size_t>(k)] = k * stride;
  return offset;
}

std::vector<float> look_of(const std::vector<float>& seen, int numbers, int cell) {
  std::vector<float> look;
  float sum = 0;
  for (int k = 0; k < numbers; ++k) {
    look.push_back(seen[static_cast<std::size_t>(k) * kernel_across + static_cast<std::size_t>(cell)]);
    sum += look.back() * look.back();
  }
  const float length = std::max(std::sqrt(sum), 1e-6F);
  for (float& one : look) one /= length;
  return look;
}

}  // namespace

// Cells stand side by side with a column of nothing on both sides of each, and a row above and below.
struct CellNet::Sheet {
  Sheet(int channel_count, int cell_count, int cell_px)
      : channels(channel_count), cells(cell_count), side(cell_px), width(cell_count * (cell_px + 2)) {
    stride = up_to(width, kernel_across) + kernel_across;
    plane = stride * (side + 2);
    numbers.assign(static_cast<std::size_t>(plane) * up_to(channels, kernel_rows) + 2 * kernel_across, 0.0F);
  }
  // Row y of the cells, -1 and `side` are the empty ones; from the first cell's left margin on.
  float* row(int channel, int y) {
    return numbers.data() + kernel_across + static_cast<std::ptrdiff_t>(channel) * plane +
           static_cast<std::ptrdiff_t>(y + 1) * stride;
  }
  const float* row(int channel, int y) const { return const_cast<Sheet*>(this)->row(channel, y); }
  int left(int cell) const { return cell * (side + 2) + 1; }

  int channels, cells, side, width;
  int stride = 0, plane = 0;
  std::vector<float> numbers;
};

CellNet::Sheet CellNet::convolve(const Convolution& layer, const Sheet& in) const {
  std::vector<std::ptrdiff_t> offset;
  for (int c = 0; c < layer.inputs; ++c)
    for (int y = -1; y <= 1; ++y)
      for (int x = -1; x <= 1; ++x)
        offset.push_back(static_cast<std::ptrdiff_t>(c) * in.plane + y * in.stride + x);
  Sheet out(layer.outputs, in.cells, in.side);
  for (int y = 0; y < in.side; ++y)
    kernel_.sums(layer.rows, {in.row(0, y), offset.data()}, {out.row(0, y), out.plane, out.width, true});
  if (layer.pool == 2) {
    Sheet half(layer.outputs, in.cells, in.side / 2);
    for (int c = 0; c < half.channels; ++c)
      for (int y = 0; y < half.side; ++y) {
        const float *above = out.row(c, 2 * y), *below = out.row(c, 2 * y + 1);
        float* to = half.row(c, y);
        for (int cell = 0; cell < half.cells; ++cell)
          for (int x = 0; x < half.side; ++x) {
            const int at = out.left(cell) + 2 * x;
            to[half.left(cell) + x] =
                std::max(std::max(above[at], above[at + 1]), std::max(below[at], below[at + 1]));
          }
      }
    return half;
  }
  for (int c = 0; c < out.channels; ++c)  // what was written between the cells goes
    for (int y = 0; y < out.side; ++y)
      for (int cell = 0; cell < out.cells; ++cell)
        out.row(c, y)[out.left(cell) - 1] = out.row(c, y)[out.left(cell) + out.side] = 0;
  return out;
}

// Every number of a cell under one another, cells side by side, as one more layer sees them.
std::vector<float> CellNet::whole(const Sheet& in) const {
  std::vector<float> turned(static_cast<std::size_t>(whole_.terms) * kernel_across + kernel_across);
  std::size_t term = 0;
  for (int c = 0; c < in.channels; ++c)
    for (int y = 0; y < in.side; ++y)
      for (int x = 0; x < in.side; ++x, ++term)
        for (int cell = 0; cell < in.cells; ++cell)
          turned[term * kernel_across + static_cast<std::size_t>(cell)] = in.row(c, y)[in.left(cell) + x];
  std::vector<float> out(static_cast<std::size_t>(up_to(whole_.rows, kernel_rows) + 1) * kernel_across);
  const auto offset = rows_apart(whole_.terms, kernel_across);
  kernel_.sums(whole_, {turned.data(), offset.data()}, {out.data(), kernel_across, in.cells, true});
  return out;
}

void CellNet::read(const cv::Mat* cells, int count, std::vector<CellSeen>& to) const {
  Sheet sheet(1, count, cell_side);
  for (int cell = 0; cell < count; ++cell) {
    ENSURE(cells[cell].type() == CV_8UC1 && cells[cell].rows == cell_side && cells[cell].cols == cell_side);
    for (int y = 0; y < cell_side; ++y)
      for (int x = 0; x < cell_side; ++x)
        sheet.row(0, y)[sheet.left(cell) + x] =
            static_cast<float>(cells[cell].at<unsigned char>(y, x)) / 255.0F;
  }
  for (const Convolution& layer : convolutions_) sheet = convolve(layer, sheet);
  const std::vector<float> seen = whole(sheet);
  std::vector<float> answers(static_cast<std::size_t>(up_to(answer_.rows, kernel_rows) + 1) * kernel_across);
  const auto offset = rows_apart(answer_.terms, kernel_across);
  kernel_.sums(answer_, {seen.data(), offset.data()}, {answers.data(), kernel_across, count});
  for (int cell = 0; cell < count; ++cell) {
    std::vector<float> scores;
    for (int k = 0; k < answer_.rows; ++k)
      scores.push_back(answers[static_cast<std::size_t>(k) * kernel_across + static_cast<std::size_t>(cell)]);
    const float most = *std::max_element(scores.begin(), scores.end());
    float sum = 0;
    for (const float score : scores) sum += std::exp(score - most);
    for (float& score : scores) score -= most + std::log(sum);
    to.push_back({std::move(scores), look_of(seen, whole_.rows, cell)});
  }
}

std::vector<CellSeen> CellNet::operator()(const std::vector<cv::Mat>& cells) const {
  std::vector<CellSeen> out;
  for (std::size_t first = 0; first < cells.size(); first += together)
    read(cells.data() + first, static_cast<int>(std::min<std::size_t>(together, cells.size() - first)), out);
  return out;
}

struct CellNet::Parser {
  ModelFile file;
  CellNet net;
  int side = cell_side, channels = 1;  // of what the layers so far give
  bool seen_whole = false, answered = false;

  bool take(const ModelFile::Entry& entry) {
    if (answered) return false;
    if (entry.name == "conv") return take_convolution(entry.numbers);
    if (entry.name == "whole") return take_whole(entry.numbers);
    if (entry.name == "linear") return take_answer(entry.numbers);
    return false;
  }
  std::optional<PackedRows> rows(int outputs, int terms) {
    std::vector<float> weights, bias;
    if (!file.halves(static_cast<std::size_t>(terms) * outputs, weights) ||
        !file.halves(static_cast<std::size_t>(outputs), bias))
      return std::nullopt;
    return pack_rows(weights, bias, terms);
  }
  static bool within(int value, int least, int most) { return value >= least && value <= most; }

  // OUT IN POOL
  bool take_convolution(const std::vector<int>& n) {
    if (n.size() != 3 || seen_whole || n[1] != channels || !within(n[0], 1, 512) || !within(n[2], 1, 2) ||
        side < n[2])
      return false;
    auto packed = rows(n[0], 9 * n[1]);
    if (!packed) return false;
    net.convolutions_.push_back({n[0], n[1], n[2], std::move(*packed)});
    channels = n[0], side /= n[2];
    return true;
  }
  // OUT IN SIDE
  bool take_whole(const std::vector<int>& n) {
    if (n.size() != 3 || seen_whole || n[1] != channels || n[2] != side || !within(n[0], 1, 1024))
      return false;
    auto packed = rows(n[0], n[1] * side * side);
    if (!packed) return false;
    net.whole_ = std::move(*packed), channels = n[0];
    return seen_whole = true;
  }
  // OUT IN
  bool take_answer(const std::vector<int>& n) {
    if (n.size() != 2 || !seen_whole || n[1] != channels || n[0] != static_cast<int>(net.letters_.size()) + 1)
      return false;
    auto packed = rows(n[0], n[1]);
    if (!packed) return false;
    net.answer_ = std::move(*packed);
    return answered = true;
  }
};

letter::Result<CellNet> CellNet::parse(std::string_view bytes, Kernel kernel) {
  const auto refused = letter::fault("cells.model", "Le fichier du lecteur de cases n’est pas lisible.",
                                     "The cell reader's file cannot be read.");
  auto file = ModelFile::open(bytes, "vaguemestre-cells 1");
  if (!file) return refused;
  Parser parser{std::move(*file), CellNet{}};
  parser.net.kernel_ = kernel;
  std::u32string letters;
  if (!parser.file.letters(letters)) return refused;
  for (const char32_t c : letters) {
    if (c < 33 || c > 126) return refused;
    parser.net.letters_.push_back(static_cast<char>(c));
  }
  for (const ModelFile::Entry& entry : parser.file.entries())
    if (!parser.take(entry)) return refused;
  if (!parser.answered || !parser.file.at_end()) return refused;
  return std::move(parser.net);
}

}  // namespace ocr
