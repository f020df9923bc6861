#include "router/learning.hpp"

#include <algorithm>

namespace router {

using letter::Correction;
using letter::Event;
using letter::Result;

namespace {

constexpr std::size_t usual_corrections = 100, most_corrections = 200;
const std::vector<std::string>& deciding_verbs() {
  static const std::vector<std::string> verbs{"rerouted", "requalified", "blind_checked", "handed_over"};
  return verbs;
}

std::string yes_no(bool value) { return value ? "yes" : "no"; }

bool decides_on(const Event& event, const std::string& letter_id) {
  const auto found = event.what.find("letter");
  return event.what.contains("decided.queue") && found != event.what.end() && found->second == letter_id;
}

// A later decision on the same letter takes the place of an earlier one; an undone one is none.
bool still_holds(const Event& event, const std::vector<Event>& history) {
  const std::string seq = std::to_string(event.seq), id = event.what.at("letter");
  std::vector<std::string> undone;
  for (const Event& other : history)
    if (other.verb == "undone" && other.what.contains("undoes")) undone.push_back(other.what.at("undoes"));
  const auto is_undone = [&undone](const std::string& one) { return std::ranges::count(undone, one) > 0; };
  if (is_undone(seq)) return false;
  return std::ranges::none_of(history, [&](const Event& other) {
    return other.seq > event.seq && decides_on(other, id) && !is_undone(std::to_string(other.seq));
  });
}

std::vector<std::string> ticked_boxes(const letter::ReadLetter& read) {
  std::vector<std::string> ids;
  for (const letter::Field& field : read.fields)
    if (field.how == letter::How::tick && field.tick == letter::TickState::ticked) ids.push_back(field.id);
  return ids;
}

// Where medical secrecy lies on the letter by the program's word, the person's, or the case's.
bool is_secret(const Correction& one, const Case& value) {
  constexpr auto medical = letter::Queue::dossiers_medicaux;
  return is_medical(value) || one.queue == medical || one.secondary == medical ||
         one.decided_queue == medical || one.decided_secondary == medical;
}

bool may_read_text(const Asker& asker, const Case& value, bool secret) {
  if (asker.role == Role::medical_desk) return secret || may_open(asker, value);
  if (secret) return false;
  return asker.role == Role::sorter || may_open(asker, value);
}

bool may_know(const Asker& asker, const Case& value) {
  const bool desk = asker.role == Role::desk || asker.role == Role::medical_desk;
  return !desk || is_of(asker, value);
}

Correction correction_of(const Event& event, const letter::SortedLetter& sorted) {
  Correction one;
  one.seq = event.seq;
  one.id = sorted.read.letter.id;
  one.box = sorted.read.letter.box;
  one.ticked = ticked_boxes(sorted.read);
  one.queue = sorted.queue;
  one.secondary = sorted.secondary;
  one.is_complaint = sorted.is_complaint;
  one.decided_queue = letter::parse_queue(event.what.at("decided.queue")).value();
  one.decided_secondary = letter::parse_queue(event.what.at("decided.secondary"));
  one.decided_complaint = event.what.at("decided.complaint") == "yes";
  one.automatic = event.what.at("automatic") == "yes";
  one.source = event.what.at("source");
  one.at = event.at;
  return one;
}

// The correction as this asker may see it; none when it no longer holds.
std::optional<Correction> seen_by(const Task& task, const Event& event) {
  if (!event.what.contains("decided.queue")) return std::nullopt;
  const auto id = letter::parse_letter_id(event.what.at("letter"));
  const auto home = id ? task.transaction.case_of(*id) : std::nullopt;
  const auto decided_in = letter::parse_case_ref(event.case_ref);
  if (!home || !decided_in) return std::nullopt;
  const Case value = task.transaction.load(letter::parse_case_ref(*home).value()).value();
  if (!may_know(task.asker, value) || !still_holds(event, task.transaction.history(*decided_in)))
    return std::nullopt;
  for (const letter::SortedLetter& sorted : task.transaction.letters(value.ref)) {
    if (sorted.read.letter.id != *id) continue;
    Correction one = correction_of(event, sorted);
    if (may_read_text(task.asker, value, is_secret(one, value))) one.text = sorted.read.text;
    return one;
  }
  return std::nullopt;
}

}  // namespace

Details decision(const Decision& one) {
  return {{"letter", letter::text(one.id)},
          {"decided.queue", std::string(letter::id(one.queue))},
          {"decided.secondary", one.secondary ? std::string(letter::id(*one.secondary)) : ""},
          {"decided.complaint", yes_no(one.is_complaint)},
          {"automatic", yes_no(one.automatic)},
          {"source", one.source}};
}

Details decision_on(const Task& task, const Case& before, const Case& after) {
  const auto letters = task.transaction.letters(before.ref);
  if (letters.empty()) return {};
  const auto& id = letters.front().read.letter.id;
  return decision({id, after.queue, after.secondary, after.is_complaint,
                   task.transaction.automatic(id).has_value(), before.needs_review ? "review" : "reroute"});
}

Result<letter::Answer> corrections(const Task& task) {
  const auto after = whole_argument(task, "after", 0, ~0ull >> 1);
  const auto limit = whole_argument(task, "limit", usual_corrections, most_corrections);
  if (!after) return tl::unexpected(after.error());
  if (!limit) return tl::unexpected(limit.error());
  letter::Answer answer;
  const auto events = task.transaction.events_of(deciding_verbs(), *after, *limit);
  for (const Event& event : events)
    if (auto one = seen_by(task, event)) answer.corrections.push_back(std::move(*one));
  if (!events.empty()) answer.facts["next"] = std::to_string(events.back().seq);
  return answer;
}

}  // namespace router
