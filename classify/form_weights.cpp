#include "classify/form_weights.hpp"

#include <algorithm>
#include <cmath>

#include "classify/evidence.hpp"
#include "classify/role.hpp"

namespace classify {
namespace {

constexpr double held = 1.0;  // how far a weight strays from the written one by chance: its prior deviation
constexpr double least = 0.0, most = 6.0;
constexpr int rounds = 4;

double loss_of(const Marked& letter, const FormWeights& weights,
               const std::array<double, question_count>& temperature) {
  Scores scores = letter.words;
  for (const auto& [name, adds] : letter.says) {
    const double weight = weights.at(name);
    for (std::size_t c = 0; c < column_count; ++c) scores[c] += weight * adds[c];
  }
  for (std::size_t q = 0; q < question_count; ++q)
    for (std::size_t i = 0; i < questions[q].count; ++i) scores[questions[q].first + i] /= temperature[q];
  softmax(scores);
  double loss = 0;
  for (std::size_t q = 0; q < question_count; ++q) {
    const std::size_t answer = letter.truth->answers[q];
    if (answer != not_asked) loss -= letter.truth->heed[q] * std::log(std::max(1e-12, scores[answer]));
  }
  return loss;
}

// The lowest point between `least` and `most` of a function with one valley.
template <class Function>
double lowest(const Function& f) {
  constexpr double golden = 0.6180339887498949;
  double low = least, high = most;
  double a = high - golden * (high - low), b = low + golden * (high - low);
  double at_a = f(a), at_b = f(b);
  while (high - low > 0.01) {
    if (at_a < at_b) {
      high = b, b = a, at_b = at_a;
      a = high - golden * (high - low), at_a = f(a);
    } else {
      low = a, a = b, at_a = at_b;
      b = low + golden * (high - low), at_b = f(b);
    }
  }
  return std::round(50 * (low + high)) / 100;  // two decimals: a person reads them
}

bool names_subject(const std::string& mark, const Example& example) {
  using letter::Queue;
  const auto is = [&](Queue queue) {
    return example.queue == queue || example.secondary == queue ||
           (queue == Queue::entreprise && example.who == "company");
  };
  if (mark == "cs_30027") return is(Queue::deces_rente_dependance);
  if (mark == "tsa_90200") return is(Queue::entreprise);
  if (mark == "tsa_20202")
    return is(Queue::incapacite_invalidite) || is(Queue::designation_beneficiaires) ||
           is(Queue::dossiers_medicaux);
  if (mark == "object_tick_some") return example.queue != Queue::autre;
  return example.ticks.size() == 1 && is(example.ticks.front());
}

}  // namespace

std::map<std::string, Scores> marks_of(const letter::ReadLetter& read, const Rules& rules) {
  std::map<std::string, Scores> says;
  if (read.form.empty() && read.letter.box == letter::PostBox::none) return says;
  for (const auto& [name, weight] : rules.form) {
    Rules alone;
    alone.form[name] = 1;
    Scores adds{};
    for (const Signal& signal : marked_signals(read, alone))
      for (std::size_t c = 0; c < column_count; ++c) adds[c] += signal.adds[c];
    if (adds != Scores{}) says[name] = adds;
  }
  return says;
}

FormWeights fit_form(const std::vector<Marked>& letters, const FormWeights& written,
                     const std::array<double, question_count>& temperature) {
  FormWeights weights = written;
  for (int round = 0; round < rounds; ++round) {
    for (const auto& [name, prior] : written) {
      std::vector<const Marked*> bearing;
      for (const Marked& one : letters)
        if (one.says.contains(name)) bearing.push_back(&one);
      if (bearing.empty()) continue;
      weights[name] = lowest([&, &name = name, prior = prior](double weight) {
        weights[name] = weight;
        double loss = (weight - prior) * (weight - prior) / (2 * held * held);
        for (const Marked* one : bearing) loss += loss_of(*one, weights, temperature);
        return loss;
      });
    }
  }
  return weights;
}

std::map<std::string, Borne> reliability_of(const std::vector<Example>& examples, const Rules& rules,
                                            const FormWeights& learned) {
  std::map<std::string, Borne> out;
  for (const auto& [name, weight] : learned) out[name] = {0, 0, rules.form_weight(name), weight};
  for (const Example& example : examples) {
    for (const auto& [name, adds] : marks_of(as_read(example), rules)) {
      Borne& borne = out[name];
      ++borne.letters;
      borne.right += names_subject(name, example);
    }
  }
  std::erase_if(out, [](const auto& one) { return one.second.letters == 0; });
  return out;
}

}  // namespace classify
