// From the net's scores to text: CTC prefix beam search that leans on the letter model.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ocr/hand/hand_net.hpp"
#include "ocr/hand/letters_model.hpp"

namespace ocr {

struct BeamRules {
  int width = 64;              // texts kept at each step
  double reach = 9.0;          // nats behind the best at which a text is given up
  double letter_floor = -8.0;  // log probability under which the net's letter is not tried at a step
  double model_weight = 0.6;   // how much the letter model says against the net
  double letter_bonus = 2.0;   // nats a letter: the model costs something each letter, the net does not
  double sharpness = 0.3;      // flattens the shares of the last texts: net and model are surer than right
  std::u32string allowed;      // only these letters; empty = all
};

struct BeamLetter {
  char32_t letter = 0;
  double agreed = 0;  // share of the beam's last texts that have it there
  double seen = 0;    // what the net gives it, at most
  int step = 0;       // of the net, where it is surest of it
};

struct BeamText {
  std::u32string text;   // no space at either end
  double log_score = 0;  // of net and model together, nats
  double share = 0;      // of all texts the beam ended with
};

struct BeamAnswer {
  std::vector<BeamLetter> letters;  // of the best text
  std::vector<BeamText> texts;      // best first, different from each other; empty when nothing is written
};

// `model` may be null: then the net alone decides.
class Beam {
 public:
  Beam(const std::u32string& net_letters, const LettersModel* model);
  BeamAnswer search(const HandScores& scores, const BeamRules& rules) const;

 private:
  std::u32string net_letters_;
  const LettersModel* model_;
  std::vector<int> in_model_;  // of each index of the net
};

// The likeliest letter of each step, doubles and blanks taken out: what a beam is measured against.
std::u32string greedy_text(const HandScores& scores, const std::u32string& net_letters);

}  // namespace ocr
