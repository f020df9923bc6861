#include "router/resorting.hpp"

namespace router {

using letter::Queue;
using letter::State;

Case as_request(Case value) {
  if (value.queue != Queue::non_reclamation && !(value.secondary == Queue::dossiers_medicaux))
    value.secondary = value.queue;
  value.queue = Queue::non_reclamation;
  value.is_complaint = false;
  value.needs_review = false;
  value.state = State::requalified;
  value.deadlines.reset();
  return value;
}

Case as_complaint(Case value, std::optional<Queue> queue, const ClockRules& rules) {
  if (!queue)
    queue = value.queue == Queue::non_reclamation ? value.secondary.value_or(Queue::autre) : value.queue;
  value.queue = *queue;
  if (value.secondary == value.queue) value.secondary.reset();
  value.is_complaint = true;
  value.needs_review = false;
  if (value.state == State::requalified) value.state = State::registered;
  value.deadlines = deadlines(value.sent_on.date, rules, value.first_complaint);
  return value;
}

Case as_rerouted(Case value, Queue queue) {
  if (value.queue == Queue::dossiers_medicaux && queue != Queue::dossiers_medicaux)
    value.secondary = Queue::dossiers_medicaux;
  else if (value.secondary == queue)
    value.secondary.reset();
  value.queue = queue;
  value.needs_review = false;
  return value;
}

}  // namespace router
