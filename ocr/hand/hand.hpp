// Reading handwriting: one cut-out line in, its text with alternatives and confidence out.
#pragma once

#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "letter/reading.hpp"
#include "ocr/hand/beam.hpp"

namespace ocr {

struct HandLetter {
  std::string text;  // one letter, UTF-8
  letter::Confidence confidence = 0;
  double agreed = 0, seen = 0;  // what the confidence was made of: ocr::BeamLetter
  double middle = 0;            // 0..1 of the line's width, left to right
};

struct HandText {
  std::string text;
  letter::Confidence share = 0;  // of all that the line may say; the shares sum to 1
};

struct HandLine {
  std::string text;                   // valid UTF-8; empty when nothing is written
  letter::Confidence confidence = 0;  // mean over its letters
  std::vector<HandLetter> letters;
  std::vector<HandText> alternatives;  // the text itself first, likeliest first
};

struct HandRules {
  std::string allowed;       // UTF-8: only these letters; empty = all the net knows
  bool letter_model = true;  // French words; not for numbers and codes
  int width = 16;            // texts the search keeps: more is slower and a little better
};

// Slow to make (some 20 ms), kept for life; reading changes nothing in it. One thread.
class Hand {
 public:
  explicit Hand(const std::filesystem::path& models_dir);  // BrokenWorld when a model is missing or damaged
  ~Hand();
  Hand(const Hand&) = delete;
  Hand& operator=(const Hand&) = delete;

  // `grey`: 8 bits, 0 = black; one line that fills the height from ascenders to descenders, about upright,
  // of any resolution. Printed rules may run through it. Total: what is no line reads as nothing.
  HandLine line(const cv::Mat& grey, const HandRules& rules = {}) const;

  // The same in its steps, for those who measure.
  HandScores scores(const cv::Mat& grey) const;
  HandLine decode(const HandScores& scores, const BeamRules& rules, bool letter_model = true) const;
  std::string greedy(const HandScores& scores) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ocr
