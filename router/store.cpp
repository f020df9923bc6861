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

letter::SortedLetter without_words(const letter::SortedLetter& sorted) {
  letter::SortedLetter bare;
  bare.read.letter = sorted.read.letter;
  bare.read.letter.lrar.clear();
  bare.read.letter.envelope.lrar.clear();
  bare.queue = sorted.queue;
  bare.secondary = sorted.secondary;
  bare.confidence = sorted.confidence;
  bare.is_complaint = sorted.is_complaint;
  bare.needs_review = sorted.needs_review;
  bare.model = sorted.model;
  return bare;
}

}  // namespace router
