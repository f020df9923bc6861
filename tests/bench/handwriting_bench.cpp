// Reads lines as the product does, for tests/bench/handwriting.py:
//   bench_handwriting MODELS LINES [RULE=NUMBER ...] > answers
//   bench_handwriting MODELS PAGES pages [RULE=NUMBER ...] > answers
// LINES: for each line its width and height (4 bytes each, little-endian), then its grey pixels. An answer is
// one row: milliseconds of processor time for ink and net, for the search; greedy text; text; for
// each letter confidence:agreed:seen.
// PAGES: width, height and dpi of each page, then its grey pixels. A page's answer is a row "page" with the
// milliseconds that straightening and cutting took and the skew undone, then a row for each line found:
// "row", places x:y of its middle in px of the page, height of its small letters, milliseconds, text.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "ocr/hand/hand.hpp"
#include "ocr/lines/rows.hpp"
#include "page/skew.hpp"

namespace {

double now_ms() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

bool next_picture(std::istream& in, cv::Mat& grey, std::uint32_t* dpi = nullptr) {
  std::uint32_t size[2] = {0, 0};
  if (!in.read(reinterpret_cast<char*>(size), sizeof size)) return false;
  if (dpi != nullptr && !in.read(reinterpret_cast<char*>(dpi), sizeof *dpi)) return false;
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

void read_lines(std::istream& in, const ocr::Hand& hand, const ocr::BeamRules& rules) {
  for (cv::Mat grey; next_picture(in, grey);) {
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

bool two_tones(const cv::Mat& grey) { return cv::countNonZero((grey > 0) & (grey < 255)) == 0; }

void read_pages(std::istream& in, const ocr::Hand& hand, const ocr::BeamRules& rules) {
  std::uint32_t dpi = 0;
  for (cv::Mat grey; next_picture(in, grey, &dpi);) {
    const page::Raster raster{grey, static_cast<double>(dpi), two_tones(grey)};
    const page::Skew skew = page::skew(raster);
    const double start = now_ms(), undo = skew.confidence >= page::skew_sure ? skew.deg : 0;
    const page::Straight straight = page::straighten(raster, 0, undo);
    const auto rows = ocr::cut_rows(straight.raster);
    std::printf("page\t%.1f\t%.2f\n", now_ms() - start, undo);
    for (const ocr::Row& row : rows) {
      const double begun = now_ms();
      const auto line = hand.decode(hand.scores(row.grey), rules);
      const double took = now_ms() - begun;
      std::printf("row\t");
      for (const cv::Point2f& at : row.middle) {
        const cv::Matx21d there = straight.to_master * cv::Matx31d(at.x, at.y, 1);
        std::printf("%.1f:%.1f ", there(0), there(1));
      }
      std::printf("\t%.1f\t%.1f\t%s\n", row.core, took, line.text.c_str());
    }
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 2;
  const ocr::Hand hand(words[1]);
  const bool pages = count > 3 && std::string(words[3]) == "pages";
  const auto rules = rules_of(count - (pages ? 4 : 3), words + (pages ? 4 : 3));
  std::ifstream in(words[2], std::ios::binary);
  pages ? read_pages(in, hand, rules) : read_lines(in, hand, rules);
}
