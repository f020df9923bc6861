#include "router/blind_check.hpp"

#include "router/resorting.hpp"
#include "vault/index_key.hpp"

namespace router {

using letter::SortedLetter;

namespace {

// Eight bytes as a number; every value is as likely as another.
std::uint64_t number_in(const std::string& hash) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i)
    number = number << 8 | static_cast<unsigned char>(hash.at(i));
  return number;
}

// The strongest of what spoke for the queue chosen; "" when nothing did.
std::string lead_of(const SortedLetter& sorted) {
  const letter::Evidence* lead = nullptr;
  for (const auto& one : sorted.evidence)
    if (one.queue == sorted.queue && one.weight > 0 && (lead == nullptr || one.weight > lead->weight))
      lead = &one;
  return lead == nullptr ? "" : lead->kind + "=" + letter::folded(lead->what.reveal());
}

}  // namespace

bool is_picked(const letter::LetterId& id, const std::string& key, std::uint32_t one_in) {
  return one_in > 0 && number_in(vault::keyed_hash("blind check " + letter::text(id), key)) % one_in == 0;
}

std::optional<Automatic> automatic_of(const SortedLetter& sorted, const FollowRules& rules,
                                      letter::Instant now) {
  if (sorted.needs_review || sorted.read.letter.sealed) return std::nullopt;
  Automatic one;
  one.id = sorted.read.letter.id;
  one.queue = sorted.queue;
  one.is_complaint = sorted.is_complaint;
  const std::string lead = lead_of(sorted);
  if (!lead.empty()) one.lead = vault::keyed_hash("lead " + lead, rules.key);
  one.model = sorted.model;
  one.sorted_at = now;
  return one;
}

bool agrees(const Automatic& one, const CheckAnswer& answer) {
  return one.queue == answer.queue && one.is_complaint == answer.is_complaint();
}

Case repaired(const Case& value, const Automatic& one, const CheckAnswer& answer, const ClockRules& rules) {
  const bool as_the_program_left_it = value.queue == one.queue && value.is_complaint == one.is_complaint;
  if (!is_open(value.state) || !as_the_program_left_it || agrees(one, answer)) return value;
  if (!answer.is_complaint()) {
    Case asked = value;
    asked.needs_review = true;
    return asked;
  }
  return one.is_complaint ? as_rerouted(value, answer.queue) : as_complaint(value, answer.queue, rules);
}

}  // namespace router
