#include "classify/logistic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace classify {
namespace {

// Columns side by side, padded to whole vector registers.
constexpr std::size_t width = 32;
static_assert(column_count <= width);

double dot(const std::vector<float>& a, const std::vector<float>& b) {
  std::array<double, 4> sums{};
  for (std::size_t i = 0; i + 3 < a.size(); i += 4) {
    for (std::size_t k = 0; k < 4; ++k)
      sums[k] += static_cast<double>(a[i + k]) * static_cast<double>(b[i + k]);
  }
  return sums[0] + sums[1] + sums[2] + sums[3];
}

void add(std::vector<float>& to, const std::vector<float>& from, float times) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += times * from[i];
}

// What is minimised: mean loss of the lessons plus L2 on all weights but the bias, which is the last row.
struct Landscape {
  const std::vector<Lesson>& lessons;
  std::size_t row_count;
  double l2;

  std::size_t size() const { return (row_count + 1) * width; }

  double loss(const std::vector<float>& weights, std::vector<float>& gradient) const {
    const double share = 1.0 / static_cast<double>(lessons.size());
    std::fill(gradient.begin(), gradient.end(), 0.0F);
    double sum = 0;
    std::array<float, width> sums{}, down{};
    for (const Lesson& lesson : lessons) {
      const float* bias = weights.data() + row_count * width;
      std::copy(bias, bias + width, sums.begin());
      for (const Known& known : lesson.features) {
        const float* row = weights.data() + known.row * width;
        for (std::size_t c = 0; c < width; ++c) sums[c] += known.value * row[c];
      }
      Scores scores = lesson.offset;
      for (std::size_t c = 0; c < column_count; ++c) scores[c] += static_cast<double>(sums[c]);
      sum += step_down(scores, lesson, share);
      for (std::size_t c = 0; c < column_count; ++c) down[c] = static_cast<float>(scores[c]);
      for (const Known& known : lesson.features) {
        float* row = gradient.data() + known.row * width;
        for (std::size_t c = 0; c < width; ++c) row[c] += known.value * down[c];
      }
      float* row = gradient.data() + row_count * width;
      for (std::size_t c = 0; c < width; ++c) row[c] += down[c];
    }
    double squares = 0;
    for (std::size_t i = 0; i < row_count * width; ++i) {
      squares += static_cast<double>(weights[i] * weights[i]);
      gradient[i] += static_cast<float>(l2) * weights[i];
    }
    return sum + 0.5 * l2 * squares;
  }

  Fitted fitted(const std::vector<float>& weights) const {
    Fitted out;
    out.weights.resize(row_count);
    for (std::size_t r = 0; r < row_count; ++r)
      for (std::size_t c = 0; c < column_count; ++c) out.weights[r][c] = weights[r * width + c];
    for (std::size_t c = 0; c < column_count; ++c)
      out.bias[c] = static_cast<double>(weights[row_count * width + c]);
    return out;
  }

 private:
  // Turns log-odds into the gradient's share; returns the loss's.
  static double step_down(Scores& scores, const Lesson& lesson, double share) {
    softmax(scores);
    double loss = 0;
    for (std::size_t q = 0; q < question_count; ++q) {
      const Question& question = questions[q];
      const bool asked = lesson.answers[q] != not_asked;
      const double weight = asked ? share * lesson.heed[q] : 0;
      if (asked) {
        loss -= weight * std::log(std::max(1e-12, scores[lesson.answers[q]]));
        scores[lesson.answers[q]] -= 1;
      }
      for (std::size_t c = question.first; c < question.first + question.count; ++c) scores[c] *= weight;
    }
    return loss;
  }
};

// L-BFGS: the last few steps tell how the ground curves.
class Memory {
 public:
  void learn(const std::vector<float>& at, const std::vector<float>& next, const std::vector<float>& slope_at,
             const std::vector<float>& slope_next) {
    Step step{next, slope_next, 0};
    add(step.moved, at, -1.0F);
    add(step.bent, slope_at, -1.0F);
    step.curve = dot(step.moved, step.bent);
    if (step.curve <= 0) return;
    if (steps_.size() == kept) steps_.erase(steps_.begin());
    steps_.push_back(std::move(step));
  }

  std::vector<float> way_down(const std::vector<float>& slope) const {
    std::vector<float> way = slope;
    std::vector<double> along(steps_.size());
    for (std::size_t i = steps_.size(); i-- > 0;) {
      along[i] = dot(steps_[i].moved, way) / steps_[i].curve;
      add(way, steps_[i].bent, static_cast<float>(-along[i]));
    }
    if (!steps_.empty()) {
      const Step& last = steps_.back();
      const auto scale = static_cast<float>(last.curve / dot(last.bent, last.bent));
      for (float& w : way) w *= scale;
    }
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const double back = dot(steps_[i].bent, way) / steps_[i].curve;
      add(way, steps_[i].moved, static_cast<float>(along[i] - back));
    }
    for (float& w : way) w = -w;
    return way;
  }

 private:
  struct Step {
    std::vector<float> moved, bent;
    double curve;
  };
  static constexpr std::size_t kept = 6;
  std::vector<Step> steps_;
};

// What a letter does must not be guessed from what it is about: an act that is rare for its topic (a request
// about lunettes among many complaints) counts more.
void heed_rare_acts(std::vector<Lesson>& lessons) {
  constexpr double share = 0.5;
  std::array<std::array<double, 3>, topic_count> done{};
  std::array<double, 3> acts{};
  for (const Lesson& lesson : lessons) {
    ++done[lesson.topic][lesson.answers[0]];
    ++acts[lesson.answers[0]];
  }
  for (Lesson& lesson : lessons) {
    const auto& here = done[lesson.topic];
    const std::size_t act = lesson.answers[0];
    const double topic = std::accumulate(here.begin(), here.end(), 0.0);
    const double expected = topic * acts[act] / static_cast<double>(lessons.size());
    lesson.heed[0] *= std::pow(expected / here[act], share);
  }
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
    for (const Lesson& lesson : lessons) {
      if (lesson.answers[q] != not_asked) ++answered[lesson.answers[q]];
    }
    const double all = std::accumulate(answered.begin(), answered.end(), 0.0);
    for (Lesson& lesson : lessons)
      lesson.heed[q] = lesson.answers[q] == not_asked ? 0 : std::sqrt(all / answered[lesson.answers[q]]);
  }
  heed_rare_acts(lessons);
  for (std::size_t q = 0; q < question_count; ++q) {
    double all = 0, sum = 0;
    for (const Lesson& lesson : lessons) {
      all += lesson.answers[q] == not_asked ? 0 : 1;
      sum += lesson.heed[q];
    }
    for (Lesson& lesson : lessons) lesson.heed[q] *= sum > 0 ? all / sum : 0;
  }
}

Fitted fit(const std::vector<Lesson>& lessons, std::size_t row_count, const LogisticOptions& options) {
  const Landscape landscape{lessons, row_count, options.l2};
  std::vector<float> at(landscape.size()), slope_here(landscape.size());
  Memory memory;
  double loss = landscape.loss(at, slope_here);
  std::vector<float> next, slope_next(landscape.size());
  for (int round = 0; round < options.rounds; ++round) {
    std::vector<float> way = memory.way_down(slope_here);
    double descent = dot(way, slope_here);
    if (descent >= 0) break;  // as low as rounding lets us get
    double stride = round == 0 ? 1.0 / std::max(1e-9, std::sqrt(-descent)) : 1.0;
    double loss_next = loss;
    for (int shorter = 0; shorter < 20; ++shorter, stride /= 2) {
      next = at;
      add(next, way, static_cast<float>(stride));
      loss_next = landscape.loss(next, slope_next);
      if (loss_next <= loss + 1e-4 * stride * descent) break;
    }
    if (!(loss_next < loss)) break;
    memory.learn(at, next, slope_here, slope_next);
    const bool flat = loss - loss_next < options.enough * loss;
    std::swap(at, next);
    std::swap(slope_here, slope_next);
    loss = loss_next;
    if (flat) break;
  }
  return landscape.fitted(at);
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
