#include "router/case_text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace router {

using letter::Deadlines;

namespace {

std::string yes_no(bool value) { return value ? "yes" : "no"; }

std::string text_of(const std::optional<Deadlines>& due) {
  if (!due) return "";
  std::string all;
  for (const letter::Day day : {due->ack_due, due->ack_post_by, due->answer_due, due->answer_post_by,
                                due->mediation_open, due->mediation_last})
    all += letter::iso(day) + " ";
  return all + due->rule_set;
}

std::string text_of(const std::optional<letter::Day>& day) { return day ? letter::iso(*day) : ""; }

// The inverse of text_of; only texts that text_of made come here.
std::optional<Deadlines> deadlines_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  constexpr std::size_t width = 11;  // "2026-11-23 "
  Deadlines due;
  std::size_t at = 0;
  for (letter::Day* day : {&due.ack_due, &due.ack_post_by, &due.answer_due, &due.answer_post_by,
                           &due.mediation_open, &due.mediation_last}) {
    ENSURE(text.size() >= at + width);
    const auto parsed = letter::parse_day(text.substr(at, width - 1));
    ENSURE(parsed.has_value());
    *day = *parsed;
    at += width;
  }
  due.rule_set = text.substr(at);
  return due;
}

template <class T>
T known(std::optional<T> value) {
  ENSURE(value.has_value());
  return *value;
}

void put_back(Case& value, const std::string& name, const std::string& text) {
  if (name == "queue") value.queue = known(letter::parse_queue(text));
  if (name == "secondary") value.secondary = letter::parse_queue(text);
  if (name == "state") value.state = known(letter::parse_state(text));
  if (name == "is_complaint") value.is_complaint = text == "yes";
  if (name == "needs_review") value.needs_review = text == "yes";
  if (name == "complainant") value.complainant = letter::PersonalText(text);
  if (name == "sent_on") value.sent_on.date = known(letter::parse_day(text));
  if (name == "sent_basis") value.sent_on.basis = known(letter::parse_sent_basis(text));
  if (name == "sent_conflict") value.sent_on.conflict = text == "yes";
  if (name == "first_complaint") value.first_complaint = letter::parse_day(text);
  if (name == "answer_told") value.answer_told = letter::parse_day(text);
  if (name == "deadlines") value.deadlines = deadlines_of(text);
  if (name == "merged_into") value.merged_into = text;
}

}  // namespace

Details texts_of(const Case& value) {
  return {
      {"queue", std::string(letter::id(value.queue))},
      {"secondary", value.secondary ? std::string(letter::id(*value.secondary)) : ""},
      {"state", std::string(letter::id(value.state))},
      {"is_complaint", yes_no(value.is_complaint)},
      {"needs_review", yes_no(value.needs_review)},
      {"complainant", value.complainant.reveal()},
      {"sent_on", letter::iso(value.sent_on.date)},
      {"sent_basis", std::string(letter::id(value.sent_on.basis))},
      {"sent_conflict", yes_no(value.sent_on.conflict)},
      {"first_complaint", text_of(value.first_complaint)},
      {"answer_told", text_of(value.answer_told)},
      {"deadlines", text_of(value.deadlines)},
      {"merged_into", value.merged_into},
  };
}

Details difference(const Case& before, const Case& after) {
  const Details was = texts_of(before), now = texts_of(after);
  Details differing;
  for (const auto& [name, text] : now) {
    if (was.at(name) == text) continue;
    differing["was." + name] = was.at(name);
    differing["now." + name] = text;
  }
  return differing;
}

bool still_says(const Case& value, const Details& what) {
  const Details now = texts_of(value);
  return std::ranges::all_of(what, [&now](const auto& detail) {
    const auto& [key, text] = detail;
    if (!key.starts_with("now.")) return true;
    const auto found = now.find(key.substr(4));
    return found == now.end() || found->second == text;
  });
}

Case restored(Case value, const Details& what) {
  for (const auto& [key, text] : what)
    if (key.starts_with("was.")) put_back(value, key.substr(4), text);
  return value;
}

bool holds_words(const Details& what) {
  return std::ranges::any_of(worded, [&what](const char* name) { return what.contains(name); });
}

std::string seen_by(const std::vector<letter::Event>& history) {
  std::set<std::string> seen;
  for (const letter::Event& event : history)
    if (event.who.starts_with("desk:") || event.who.starts_with("medical_desk:")) seen.insert(event.who);
  std::string all;
  for (const std::string& who : seen) all += (all.empty() ? "" : ",") + who;
  return all;
}

Details without_personal(const Details& what) {
  Details rest;
  for (const auto& [key, text] : what)
    if (std::ranges::find(personal_details, key) == personal_details.end()) rest[key] = text;
  return rest;
}

}  // namespace router
