// Why a letter goes where it goes: what spoke for its queue, and what would have to be missing for another.
// Pure.
#pragma once

#include <optional>
#include <vector>

#include "classify/view.hpp"

namespace classify {

// The smallest set found (greedily, at most four pieces) without which the queue would be another one. Empty
// when there is none: the decision stands on more than that.
struct Turning {
  std::vector<letter::Evidence> without;
  std::optional<letter::Queue> otherwise;
};

struct Why {
  // Strongest first, at most twelve, each with its place on the page where it has one.
  std::vector<letter::Evidence> evidence;
  Turning turning;
};
Why why_of(const View& view, letter::Queue queue, const letter::ReadLetter& read);

}  // namespace classify
