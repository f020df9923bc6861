#include "classify/questions.hpp"

#include <algorithm>
#include <cmath>

namespace classify {

void softmax(Scores& scores) {
  for (const Question& question : questions) {
    const auto begin = scores.begin() + static_cast<std::ptrdiff_t>(question.first);
    const auto end = begin + static_cast<std::ptrdiff_t>(question.count);
    const double top = *std::max_element(begin, end);
    double sum = 0;
    for (auto it = begin; it != end; ++it) sum += * it = std::exp(*it - top);
    for (auto it = begin; it != end; ++it) *it /= sum;
  }
}

std::optional<std::size_t> subject_index(letter::Queue queue) {
  const auto found = std::find(subjects.begin(), subjects.end(), queue);
  if (found == subjects.end()) return std::nullopt;
  return static_cast<std::size_t>(found - subjects.begin());
}

void add_for(Scores& scores, letter::Queue queue, double weight) {
  scores[queue_first + static_cast<std::size_t>(queue)] += weight;
  if (const auto subject = subject_index(queue)) {
    scores[subject_first + *subject] += weight;
    scores[touches_column(*subject)] += weight;
  } else if (queue == letter::Queue::mediation) {
    scores[act_mediation] += weight;
  } else if (queue == letter::Queue::non_reclamation) {
    scores[act_request] += weight;
  } else if (queue == letter::Queue::entreprise) {
    scores[writer_company] += weight;
  } else {
    scores[subject_none] += weight;
  }
}

}  // namespace classify
