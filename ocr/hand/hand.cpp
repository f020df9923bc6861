#include "ocr/hand/hand.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <utility>

#include "letter/text.hpp"
#include "ocr/hand/hand_ink.hpp"

namespace ocr {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw letter::BrokenWorld("no handwriting model at " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

template <class Model>
Model load(const std::filesystem::path& path) {
  auto model = Model::parse(read_file(path));
  if (!model) throw letter::BrokenWorld("damaged handwriting model " + path.string());
  return std::move(*model);
}

void append_utf8(std::string& to, char32_t c) {
  const auto byte = [&](char32_t value) { to += static_cast<char>(value); };
  if (c < 0x80) {
    byte(c);
  } else if (c < 0x800) {
    byte(0xC0 | c >> 6), byte(0x80 | (c & 63));
  } else if (c < 0x10000) {
    byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63));
  } else {
    byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 63)), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63));
  }
}

std::string utf8(const std::u32string& text) {
  std::string out;
  for (const char32_t c : text) append_utf8(out, c);
  return letter::valid_utf8(out);
}

std::u32string code_points(const std::string& text) {
  std::u32string out;
  for (const unsigned char byte : letter::valid_utf8(text)) {
    if (byte < 0x80)
      out += byte;
    else if (byte >= 0xC0)
      out += static_cast<char32_t>(byte & (byte >= 0xF0 ? 7 : byte >= 0xE0 ? 15 : 31));
    else
      out.back() = out.back() << 6 | (byte & 63);
  }
  return out;
}

// Between -7 and 7: beyond, the numbers say more than they know.
double log_odds(double p) {
  const double inside = std::clamp(p, 1e-3, 1 - 1e-3);
  return std::log(inside / (1 - inside));
}

double many(const BeamAnswer& answer) { return static_cast<double>(answer.letters.size()); }

}  // namespace

struct Hand::Impl {
  HandNet net;
  LettersModel letters;
  Beam with_model, without_model;

  explicit Impl(const std::filesystem::path& folder)
      : net(load<HandNet>(folder / "lines.net")),
        letters(load<LettersModel>(folder / "letters.model")),
        with_model(net.letters(), &letters),
        without_model(net.letters(), nullptr) {}
};

Hand::Hand(const std::filesystem::path& models_dir)
    : impl_(std::make_unique<Impl>(models_dir / "handwriting")) {}
Hand::~Hand() = default;

HandScores Hand::scores(const cv::Mat& grey) const { return impl_->net(to_ink(grey)); }

std::string Hand::greedy(const HandScores& scores) const {
  return utf8(greedy_text(scores, impl_->net.letters()));
}

HandLine Hand::decode(const HandScores& scores, const BeamRules& rules, bool letter_model) const {
  const Beam& beam = letter_model ? impl_->with_model : impl_->without_model;
  const BeamAnswer answer = beam.search(scores, rules);
  HandLine line;
  for (const BeamText& text : answer.texts) line.alternatives.push_back({utf8(text.text), text.share});
  double usual = 0;
  for (const BeamLetter& letter : answer.letters) usual += log_odds(letter.seen) / many(answer);
  for (const BeamLetter& letter : answer.letters) {
    const HandCertainty& weigh = impl_->net.certainty();
    const double odds = weigh.base + weigh.agreed * log_odds(letter.agreed) +
                        weigh.seen * log_odds(letter.seen) + weigh.line * usual;
    const double confidence = 1 / (1 + std::exp(-odds));
    line.letters.push_back(
        {utf8({letter.letter}), confidence, letter.agreed, letter.seen, (letter.step + 0.5) / scores.steps});
    line.text += line.letters.back().text;
    line.confidence += confidence / many(answer);
  }
  return line;
}

HandLine Hand::line(const cv::Mat& grey, const HandRules& rules) const {
  if (grey.type() != CV_8UC1 || grey.rows < 4 || grey.cols < 4) return {};
  BeamRules beam;
  beam.width = rules.width;
  beam.allowed = code_points(rules.allowed);
  return decode(scores(grey), beam, rules.letter_model);
}

}  // namespace ocr
