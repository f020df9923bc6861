// What the cells of a comb may say: letters with probabilities, and the texts that they make, likeliest
// first.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace ocr {

struct Choice {
  char letter = ' ';
  double p = 0;
};

// One cell. An empty cell has the one choice ' '.
struct CellChoices {
  std::vector<Choice> letters;  // likeliest first; sum 1
  double sense = 1;             // 0..1: how much of what the net believes lay on letters that may stand here
  bool inked = false;
  double of(char letter) const;  // its probability, never quite 0
};

// `log_p`: what the net says of each of `known`, natural logarithms, and last of no letter at all. `allowed`:
// what may stand in the cell. What looks like a letter that may not stand here counts for the one that may:
// O for 0.
CellChoices choices_of(const std::vector<float>& log_p, const std::string& known, const std::string& allowed);

// Each letter's probability times its weight, likeliest first again; all of them 0: nothing changes.
void weigh_choices(CellChoices& cell, const std::function<double(char)>& weight);

// Where figures and letters may both stand, they keep to their own: 0 among figures, O among letters. Words
// apart by an empty cell are told apart.
void settle_kinds(std::vector<CellChoices>& cells);

struct Text {
  std::string text;
  double p = 0;             // product over its cells
  std::size_t changed = 0;  // cells that do not have their likeliest letter
};
// The likeliest texts of these cells, at most `most`; the first is every cell's own favourite.
std::vector<Text> likeliest(const std::vector<CellChoices>& cells, std::size_t most);
std::string favourite(const std::vector<CellChoices>& cells);
// Probability of a text as long as the cells.
double probability(const std::vector<CellChoices>& cells, const std::string& text);
// The same of cells that one hand wrote: who draws an N that looks like an R does so every time, so that a
// second R that is an N is little surprise after the first.
double probability_of_hand(const std::vector<CellChoices>& cells, const std::string& text);

// The letter that is written like this one: 0 and O, 1 and I; any other is its own.
char twin_of(char letter);

}  // namespace ocr
