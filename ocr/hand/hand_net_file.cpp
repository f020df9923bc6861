#include <utility>

#include "ocr/hand/hand_net_parts.hpp"
#include "ocr/model_file.hpp"

namespace ocr {

struct HandNet::Parser {
  ModelFile file;
  HandNet net;
  int height = hand_height;  // of the sheet after the layers so far
  int channels = 1;
  bool answered = false;

  // Whether the layer fits what came before and its numbers are there.
  bool take(const ModelFile::Entry& entry) {
    if (answered) return false;
    if (entry.name == "conv") return take_convolution(entry.numbers);
    if (entry.name == "lstm") return take_memory(entry.numbers);
    if (entry.name == "linear") return take_answer(entry.numbers);
    if (entry.name == "certainty") return take_certainty(entry.numbers);
    return false;
  }

  // OUT IN HIGH WIDE STEP_Y STEP_X PAD_Y PAD_X POOL
  bool take_convolution(const std::vector<int>& n) {
    if (n.size() != 9 || !net.memories_.empty()) return false;
    Convolution layer{n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], {}};
    const auto within = [](int value, int least, int most) { return value >= least && value <= most; };
    if (layer.inputs != channels || !within(layer.outputs, 1, 1024) || !within(layer.high, 1, 9) ||
        !within(layer.wide, 1, 5) || !within(layer.step_y, 1, 2) || !within(layer.step_x, 1, 2) ||
        !within(layer.pad_y, 0, sheet_margin) || !within(layer.pad_x, 0, sheet_margin) ||
        !within(layer.pool, 1, 2) || layer.wide != 2 * layer.pad_x + 1)
      return false;
    const int rows = height + 2 * layer.pad_y - layer.high;
    if (rows < 0) return false;
    height = (rows / layer.step_y + 1) / layer.pool;
    const int terms = layer.inputs * layer.high * layer.wide;
    std::vector<float> weights, bias;
    if (!file.halves(static_cast<std::size_t>(terms) * layer.outputs, weights) ||
        !file.halves(static_cast<std::size_t>(layer.outputs), bias))
      return false;
    layer.rows = pack_rows(weights, bias, terms);
    channels = layer.outputs;
    net.convolutions_.push_back(std::move(layer));
    return true;
  }

  // INPUTS HIDDEN
  bool take_memory(const std::vector<int>& n) {
    if (n.size() != 2 || height != 1 || n[0] != channels || n[1] < 16 || n[1] > 1024 || n[1] % 16 != 0)
      return false;
    MemoryLayer layer;
    layer.inputs = n[0];
    if (!take_direction(n[0], n[1], layer.forth) || !take_direction(n[0], n[1], layer.back)) return false;
    channels = 2 * n[1];
    net.memories_.push_back(std::move(layer));
    return true;
  }

  bool take_direction(int inputs, int hidden, Direction& direction) {
    direction.cells.hidden = hidden;
    return file.turned_halves(4 * hidden, inputs, 4 * hidden, direction.input) &&
           file.turned_halves(4 * hidden, hidden, 4 * hidden, direction.cells.weights) &&
           file.halves(static_cast<std::size_t>(4 * hidden), direction.input);
  }

  // BASE AGREED SEEN LINE, in thousandths
  bool take_certainty(const std::vector<int>& n) {
    if (n.size() != 4) return false;
    net.certainty_ = {n[0] / 1000.0, n[1] / 1000.0, n[2] / 1000.0, n[3] / 1000.0};
    return true;
  }

  // OUT IN
  bool take_answer(const std::vector<int>& n) {
    if (n.size() != 2 || height != 1 || n[1] != channels || n[0] != static_cast<int>(net.letters_.size()) + 1)
      return false;
    net.answer_inputs_ = n[1];
    net.answer_stride_ = (n[0] + kernel_across - 1) / kernel_across * kernel_across;
    answered = file.turned_halves(n[0], n[1], net.answer_stride_, net.answer_) &&
               file.halves(static_cast<std::size_t>(n[0]), net.answer_);
    net.answer_.resize(static_cast<std::size_t>(net.answer_stride_) * (n[1] + 1), 0.0F);
    return answered;
  }
};

letter::Result<HandNet> HandNet::parse(std::string_view bytes, Kernel kernel) {
  const auto refused = letter::fault("hand.model", "Le fichier du lecteur d’écriture n’est pas lisible.",
                                     "The handwriting reader's file cannot be read.");
  auto file = ModelFile::open(bytes, "vaguemestre-hand 1");
  if (!file) return refused;
  Parser parser{std::move(*file), HandNet{}, hand_height, 1, false};
  parser.net.kernel_ = kernel;
  if (!parser.file.letters(parser.net.letters_)) return refused;
  for (const ModelFile::Entry& entry : parser.file.entries())
    if (!parser.take(entry)) return refused;
  if (!parser.answered || !parser.file.at_end()) return refused;
  return std::move(parser.net);
}

}  // namespace ocr
