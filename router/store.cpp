#include "router/store.hpp"

namespace router {

using letter::State;

bool is_open(State state) {
  return state != State::answered && state != State::closed && state != State::merged &&
         state != State::withdrawn;
}

std::optional<letter::Day> next_post_by(const Case& value) {
  if (!is_open(value.state) || !value.deadlines) return std::nullopt;
  if (value.state == State::registered) return value.deadlines->ack_post_by;
  if (value.state == State::holding && value.answer_told) return value.answer_told;
  return value.deadlines->answer_post_by;
}

bool is_medical(const Case& value) {
  return value.queue == letter::Queue::dossiers_medicaux ||
         value.secondary == letter::Queue::dossiers_medicaux;
}

}  // namespace router
