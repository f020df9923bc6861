// Reads lines as the product does, for tests/bench/handwriting.py:
//   bench_handwriting MODELS LINES [RULE=NUMBER ...] > answers
// LINES: for each line its width and height (4 bytes each, little-endian), then its grey pixels. An answer is
// one row: milliseconds of processor time for ink and net, for the search; greedy text; text; for
// each letter confidence:agreed:seen.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "ocr/hand.hpp"

namespace {

double now_ms() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

bool next_line(std::istream& in, cv::Mat& grey) {
  std::uint32_t size[2] = {0, 0};
  if (!in.read(reinterpret_cast<char*>(size), sizeof size)) return false;
  grey.create(static_cast<int>(size[1]), static_cast<int>(size[0]), CV_8U);
  return static_cast<bool>(
      in.read(reinterpret_cast<char*>(grey.data), static_cast<std::streamsize>(grey.total())));
}

ocr::BeamRules rules_of(int count, char** words) {
  ocr::BeamRules rules;
  const std::map<std::string, double*> known{{"reach", &rules.reach},
                                             {"letter_floor", &rules.letter_floor},
                                             {"model_weight", &rules.model_weight},
                                             {"letter_bonus", &rules.letter_bonus},
                                             {"sharpness", &rules.sharpness}};
  for (int i = 0; i < count; ++i) {
    const std::string word = words[i];
    const auto equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const double number = std::atof(word.substr(equals + 1).c_str());
    if (name == "width")
      rules.width = static_cast<int>(number);
    else
      *known.at(name) = number;
  }
  return rules;
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 2;
  const ocr::Hand hand(words[1]);
  const auto rules = rules_of(count - 3, words + 3);
  std::ifstream in(words[2], std::ios::binary);
  for (cv::Mat grey; next_line(in, grey);) {
    const double start = now_ms();
    const auto scores = hand.scores(grey);
    const double seen = now_ms();
    const auto line = hand.decode(scores, rules);
    const double done = now_ms();
    std::printf("%.3f\t%.3f\t%s\t%s\t", seen - start, done - seen, hand.greedy(scores).c_str(),
                line.text.c_str());
    for (const auto& letter : line.letters)
      std::printf("%.4f:%.4f:%.4f ", letter.confidence, letter.agreed, letter.seen);
    std::printf("\n");
  }
}
