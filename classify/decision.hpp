// From answers to a queue, in the policy's order: mediation, then request, then company, then subject.
// Pure.
#pragma once

#include <array>
#include <optional>

#include "classify/questions.hpp"

namespace classify {

using Probabilities = std::array<double, letter::queue_count>;

// `answers` are probabilities (after softmax).
Probabilities probabilities_of(const Scores& answers);
letter::Queue most_probable(const Probabilities& probabilities);

// Who else must be informed: the subject under a mediation, a company's letter or a request, or the
// second subject of a person's letter. `mediation_asked`: a question about mediation without a dispute.
std::optional<letter::Queue> secondary_of(letter::Queue queue, const Scores& answers, bool mediation_asked);

}  // namespace classify
