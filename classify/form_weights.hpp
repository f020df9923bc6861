// How much a tick or a post box says, learned from how often it was wrong: each weight of rules.toml's [form]
// is moved by the letters that bear the mark, judged beside what the words of each say by a model that had
// not seen it, and held near the written weight where few letters bear it. Pure.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "classify/corpus.hpp"
#include "classify/logistic.hpp"
#include "classify/rules.hpp"

namespace classify {

using FormWeights = std::map<std::string, double>;  // log-odds by name, as rules.toml's [form]

// One letter with a mark.
struct Marked {
  std::map<std::string, Scores> says;  // what each mark adds at weight 1
  Scores words{};                      // log-odds without any of them
  const Lesson* truth = nullptr;
};
std::map<std::string, Scores> marks_of(const letter::ReadLetter& read, const Rules& rules);

// `temperature`: by which log-odds are divided. Deterministic.
FormWeights fit_form(const std::vector<Marked>& letters, const FormWeights& written,
                     const std::array<double, question_count>& temperature);

// Of the letters that bear the mark, on how many it names the subject, the second one included.
struct Borne {
  std::size_t letters = 0, right = 0;
  double written = 0, learned = 0;
};
std::map<std::string, Borne> reliability_of(const std::vector<Example>& examples, const Rules& rules,
                                            const FormWeights& learned);

}  // namespace classify
