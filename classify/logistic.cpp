#include "classify/logistic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace classify {
namespace {

// Answer probabilities minus the truth, divided by the number of lessons.
Scores slope(Scores scores, const Lesson& lesson, double share) {
  softmax(scores);
  for (std::size_t q = 0; q < question_count; ++q) {
    const Question& question = questions[q];
    const bool asked = lesson.answers[q] != not_asked;
    if (asked) scores[lesson.answers[q]] -= 1;
    for (std::size_t c = question.first; c < question.first + question.count; ++c)
      scores[c] *= asked ? share * lesson.heed[q] : 0;
  }
  return scores;
}

double log_loss(Scores scores, const Lesson& lesson, std::size_t question, double temperature) {
  if (lesson.answers[question] == not_asked) return 0;
  for (double& s : scores) s /= temperature;
  softmax(scores);
  return -lesson.heed[question] * std::log(std::max(1e-12, scores[lesson.answers[question]]));
}

}  // namespace

void balance(std::vector<Lesson>& lessons) {
  for (std::size_t q = 0; q < question_count; ++q) {
    std::array<double, column_count> answered{};
    double all = 0, sum = 0;
    for (const Lesson& lesson : lessons) {
      if (lesson.answers[q] == not_asked) continue;
      ++answered[lesson.answers[q]];
      ++all;
    }
    for (Lesson& lesson : lessons) {
      if (lesson.answers[q] == not_asked) continue;
      sum += lesson.heed[q] = std::sqrt(all / answered[lesson.answers[q]]);
    }
    for (Lesson& lesson : lessons) lesson.heed[q] *= sum > 0 ? all / sum : 0;
  }
}

Scores score(const Fitted& fitted, const Lesson& lesson) {
  Scores out = lesson.offset;
  for (std::size_t c = 0; c < column_count; ++c) out[c] += fitted.bias[c];
  for (const Known& known : lesson.features) {
    const auto& weights = fitted.weights[known.row];
    for (std::size_t c = 0; c < column_count; ++c) out[c] += static_cast<double>(known.value * weights[c]);
  }
  return out;
}

Fitted fit(const std::vector<Lesson>& lessons, std::size_t row_count, const LogisticOptions& options) {
  Fitted now;
  now.weights.resize(row_count);
  Fitted ahead = now;  // where the gradient is taken: Nesterov's look ahead
  std::vector<std::array<float, column_count>> gradient(row_count);
  const double share = 1.0 / static_cast<double>(lessons.size());
  // A softmax curves at most 1/2 along the longest lesson; the bias adds 1.
  double longest = 1;
  for (const Lesson& lesson : lessons) {
    double squares = 1;
    for (const Known& known : lesson.features) squares += static_cast<double>(known.value * known.value);
    longest = std::max(longest, squares);
  }
  const double step = 1.0 / (0.5 * longest + options.l2);
  double momentum = 1;
  for (int round = 0; round < options.rounds; ++round) {
    for (auto& g : gradient) g.fill(0);
    Scores bias_gradient{};
    for (const Lesson& lesson : lessons) {
      const Scores down = slope(score(ahead, lesson), lesson, share);
      for (const Known& known : lesson.features) {
        auto& g = gradient[known.row];
        for (std::size_t c = 0; c < column_count; ++c) g[c] += known.value * static_cast<float>(down[c]);
      }
      for (std::size_t c = 0; c < column_count; ++c) bias_gradient[c] += down[c];
    }
    const double next = (1 + std::sqrt(1 + 4 * momentum * momentum)) / 2;
    const double carry = (momentum - 1) / next;
    momentum = next;
    for (std::size_t r = 0; r < row_count; ++r) {
      for (std::size_t c = 0; c < column_count; ++c) {
        const double from = static_cast<double>(ahead.weights[r][c]);
        const double to = from - step * (static_cast<double>(gradient[r][c]) + options.l2 * from);
        const double before = static_cast<double>(now.weights[r][c]);
        now.weights[r][c] = static_cast<float>(to);
        ahead.weights[r][c] = static_cast<float>(to + carry * (to - before));
      }
    }
    for (std::size_t c = 0; c < column_count; ++c) {
      const double to = ahead.bias[c] - step * bias_gradient[c];
      ahead.bias[c] = to + carry * (to - now.bias[c]);
      now.bias[c] = to;
    }
  }
  return now;
}

std::array<double, question_count> fit_temperature(const std::vector<Scores>& scores,
                                                   const std::vector<Lesson>& lessons) {
  std::array<double, question_count> best{};
  for (std::size_t q = 0; q < question_count; ++q) {
    double least = std::numeric_limits<double>::max();
    for (double temperature = 0.4; temperature <= 4.0; temperature *= 1.05) {
      double loss = 0;
      for (std::size_t i = 0; i < lessons.size(); ++i)
        loss += log_loss(scores[i], lessons[i], q, temperature);
      if (loss >= least) continue;
      least = loss;
      best[q] = temperature;
    }
  }
  return best;
}

}  // namespace classify
