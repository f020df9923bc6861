#include "classify/decision.hpp"
#include <cmath>

#include <algorithm>

namespace classify {
namespace {

using letter::Queue;

// From this probability on a subject counts as touched.
constexpr double touched = 0.5;
// Under a mediation, a company's letter or a request, the subject is no second one but the only one.
constexpr double touched_underneath = 0.4;

std::size_t at(Queue queue) { return static_cast<std::size_t>(queue); }

std::optional<Queue> most_touched(const Scores& answers, std::optional<Queue> but, double least) {
  std::optional<Queue> best;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const double probability = answers[touches_column(i)];
    if (subjects[i] == but || probability < least) continue;
    best = subjects[i];
    least = probability;
  }
  return best;
}

// How much the answer step by step counts beside the answer at once; out of fold, 0.25 to 0.5 are alike.
constexpr double steps_count = 0.4;

// The queue is answered twice: step by step in the policy's order, and at once. The geometric mean of both is
// surer to be right than either, and unsure where they differ.
void mix_in(Probabilities& stepwise, const Scores& answers) {
  double sum = 0;
  for (std::size_t q = 0; q < stepwise.size(); ++q) {
    stepwise[q] = std::pow(std::max(stepwise[q], 1e-12), steps_count) *
                  std::pow(std::max(answers[queue_first + q], 1e-12), 1 - steps_count);
    sum += stepwise[q];
  }
  for (double& p : stepwise) p /= sum;
}

}  // namespace

Probabilities probabilities_of(const Scores& answers) {
  Probabilities out{};
  out[at(Queue::mediation)] = answers[act_mediation];
  out[at(Queue::non_reclamation)] = answers[act_request];
  out[at(Queue::entreprise)] = answers[act_complaint] * answers[writer_company];
  const double person = answers[act_complaint] * answers[writer_other];
  for (std::size_t i = 0; i < subjects.size(); ++i)
    out[at(subjects[i])] = person * answers[subject_first + i];
  out[at(Queue::autre)] = person * answers[subject_none];
  mix_in(out, answers);
  return out;
}

Queue most_probable(const Probabilities& probabilities) {
  return static_cast<Queue>(std::max_element(probabilities.begin(), probabilities.end()) -
                            probabilities.begin());
}

std::optional<Queue> secondary_of(Queue queue, const Scores& answers, bool mediation_asked) {
  const bool company = answers[writer_company] >= 0.5;
  switch (queue) {
    case Queue::mediation:
      if (company) return Queue::entreprise;
      return most_touched(answers, std::nullopt, touched_underneath);
    case Queue::non_reclamation:
      if (mediation_asked) return Queue::mediation;
      if (auto subject = most_touched(answers, std::nullopt, touched_underneath)) return subject;
      if (company) return Queue::entreprise;
      return std::nullopt;
    case Queue::entreprise:
      return most_touched(answers, std::nullopt, touched_underneath);
    case Queue::autre:
      return most_touched(answers, std::nullopt, touched);
    default:
      return most_touched(answers, queue, touched);
  }
}

}  // namespace classify
