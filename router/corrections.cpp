#include <algorithm>
#include <charconv>

#include "router/complainant.hpp"
#include "router/verbs.hpp"

namespace router {

using letter::Field;
using letter::Result;
using letter::SortedLetter;

namespace {

constexpr std::size_t longest_text = 4'000;

Field* field_of(SortedLetter& sorted, const std::string& id) {
  const auto found = std::ranges::find(sorted.read.fields, id, &Field::id);
  return found == sorted.read.fields.end() ? nullptr : &*found;
}

// The letter meant: the one named, else the first that has the field.
Result<SortedLetter> letter_with(const Task& task, const Case& value, const std::string& field_id) {
  const std::string named = argument(task, "letter");
  bool seen = named.empty();
  for (SortedLetter& sorted : task.transaction.letters(value.ref)) {
    if (!named.empty() && letter::text(sorted.read.letter.id) != named) continue;
    seen = true;
    if (field_of(sorted, field_id)) return sorted;
  }
  return refused(seen ? Refusal::no_such_field : Refusal::no_such_letter);
}

std::string exact(double number) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  ENSURE(error == std::errc{});
  return {buffer.data(), end};
}

double number_in(const std::string& text) {
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Details field_texts(const Field& field, const std::string& when) {
  return {{when + ".text", field.text.reveal()},
          {when + ".tick", std::string(letter::id(field.tick))},
          {when + ".verdict", std::string(letter::id(field.verdict))},
          {when + ".confidence", exact(field.confidence)},
          {when + ".repaired", field.repaired ? "yes" : "no"}};
}

void put_back(Field& field, const Details& what) {
  field.text = letter::PersonalText(what.at("was.text"));
  field.tick = letter::parse_tick_state(what.at("was.tick")).value();
  field.verdict = letter::parse_verdict(what.at("was.verdict")).value();
  field.confidence = number_in(what.at("was.confidence"));
  field.repaired = what.at("was.repaired") == "yes";
}

bool still_says_field(const Field& field, const Details& what) {
  const Details now = field_texts(field, "now");
  return std::ranges::all_of(now,
                             [&what](const auto& detail) { return what.at(detail.first) == detail.second; });
}

Result<Field> corrected(const Task& task, Field field) {
  const bool has_text = task.errand.args.contains("text"), has_state = task.errand.args.contains("state");
  if (has_text == has_state || has_state != (field.how == letter::How::tick))
    return refused(Refusal::bad_argument);
  if (has_text) {
    const std::string text = argument(task, "text");
    if (text.size() > longest_text) return refused(Refusal::bad_argument);
    field.text = letter::PersonalText(letter::valid_utf8(text));
  } else {
    const auto state = letter::parse_tick_state(argument(task, "state"));
    if (state != letter::TickState::ticked && state != letter::TickState::blank)
      return refused(Refusal::bad_argument);
    field.tick = *state;
  }
  field.verdict = letter::Verdict::accepted;
  field.confidence = 1;
  field.repaired = false;
  return field;
}

// The list shows the first letter that says who writes.
Case with_complainant(const Task& task, Case value) {
  value.complainant = {};
  for (const SortedLetter& sorted : task.transaction.letters(value.ref)) {
    value.complainant = complainant_of(sorted.read);
    if (!value.complainant.reveal().empty()) break;
  }
  return value;
}

Outcome correct_field(const Task& task, const Case& held) {
  const std::string id = argument(task, "field");
  auto sorted = letter_with(task, held, id);
  if (!sorted) return tl::unexpected(sorted.error());
  Field* field = field_of(*sorted, id);
  const auto right = corrected(task, *field);
  if (!right) return tl::unexpected(right.error());
  Details what = field_texts(*field, "was");
  what.merge(field_texts(*right, "now"));
  what["field"] = id;
  what["letter"] = letter::text(sorted->read.letter.id);
  *field = *right;
  task.transaction.replace(*sorted);
  return change(task, held, with_complainant(task, held), {"corrected", what});
}

Outcome with_new_clock(const Task& task, const Case& held, Case moved, const std::string& why) {
  if (moved.deadlines)
    moved.deadlines = deadlines(moved.sent_on.date, task.moment.rules.filing.clocks, moved.first_complaint);
  if (moved == held) return refused(Refusal::no_change);
  return change(task, held, moved, {"corrected", {{"reason", why}}});
}

Outcome correct_sent_on(const Task& task, const Case& held) {
  const auto why = given_reason(task);
  if (!why) return tl::unexpected(why.error());
  const auto day = letter::parse_day(argument(task, "sent_on"));
  if (!day || *day > held.arrived_on) return refused(Refusal::bad_argument);
  const std::string said = argument(task, "basis");
  const auto basis = said.empty() ? letter::SentBasis::desk : letter::parse_sent_basis(said);
  if (!basis || *basis == letter::SentBasis::arrival_minus_3) return refused(Refusal::bad_argument);
  Case moved = held;
  moved.sent_on = {*day, *basis, false};
  return with_new_clock(task, held, moved, *why);
}

// A date, or "none": there was no earlier written complaint.
Outcome correct_first_complaint(const Task& task, const Case& held) {
  const auto why = given_reason(task);
  if (!why) return tl::unexpected(why.error());
  const std::string said = argument(task, "first_complaint");
  const auto day = letter::parse_day(said);
  if ((!day && said != "none") || (day && *day > held.sent_on.date)) return refused(Refusal::bad_argument);
  Case moved = held;
  moved.first_complaint = day;
  moved.sent_on.conflict = false;
  return with_new_clock(task, held, moved, *why);
}

}  // namespace

Outcome correct(const Task& task) {
  const auto held = held_case(task);
  if (!held) return tl::unexpected(held.error());
  if (held->state == letter::State::merged) return refused(Refusal::wrong_state);
  const auto& given = task.errand.args;
  if (given.count("field") + given.count("sent_on") + given.count("first_complaint") != 1)
    return refused(Refusal::bad_argument);
  if (given.contains("field")) return correct_field(task, *held);
  return given.contains("sent_on") ? correct_sent_on(task, *held) : correct_first_complaint(task, *held);
}

Outcome undo_correction(const Task& task, const Case& value, const letter::Event& event) {
  const Details& what = event.what;
  for (SortedLetter& sorted : task.transaction.letters(value.ref)) {
    if (letter::text(sorted.read.letter.id) != what.at("letter")) continue;
    Field* field = field_of(sorted, what.at("field"));
    if (!field || !still_says_field(*field, what)) return refused(Refusal::changed_since);
    Details undone = field_texts(*field, "was");
    put_back(*field, what);
    undone.merge(field_texts(*field, "now"));
    undone["undoes"] = std::to_string(event.seq);
    undone["field"] = what.at("field");
    undone["letter"] = what.at("letter");
    task.transaction.replace(sorted);
    return change(task, value, with_complainant(task, value), {"undone", undone});
  }
  return refused(Refusal::changed_since);
}

}  // namespace router
