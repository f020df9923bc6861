// A letter that was read: fields, ticks, lines, each with its confidence and its place.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "letter/letter.hpp"
#include "letter/text.hpp"

namespace letter {

// A rectangle on the untouched master page, in 0..1 of its width and height (y grows downwards).
// For a place on a turned page it is the bounding box.
struct Box {
  double x = 0, y = 0, w = 0, h = 0;
  bool operator==(const Box&) const = default;
};

// How sure, 0..1: the share of such readings that is right.
using Confidence = double;

enum class Verdict { accepted, to_confirm, unread };
enum class How { typed, hand, tick, barcode };
enum class TickState { blank, ticked, corrected, doubtful };

std::string_view id(Verdict);    // "accepted" | "to_confirm" | "unread"
std::string_view id(How);        // "typed" | "hand" | "tick" | "barcode"
std::string_view id(TickState);  // "blank" | "ticked" | "corrected" | "doubtful"
std::optional<Verdict> parse_verdict(std::string_view);
std::optional<How> parse_how(std::string_view);
std::optional<TickState> parse_tick_state(std::string_view);

// One element of the form, by the form's id ("NOM_USAGE"). A tick has `tick` and no text.
struct Field {
  std::string id;
  PersonalText text;
  TickState tick = TickState::blank;  // meaning only when how == tick
  Confidence confidence = 0;
  Verdict verdict = Verdict::unread;
  How how = How::typed;
  bool repaired = false;   // one character was put right by a check digit
  std::uint32_t page = 0;  // index into Letter::pages
  Box box;
  std::vector<Reason> notes;
  bool operator==(const Field&) const = default;
};

struct Line {
  PersonalText text;
  Confidence confidence = 0;
  How how = How::typed;
  std::uint32_t page = 0;
  Box box;
  bool own_words = true;  // of the complainant (description, body), not printed form or letterhead
  bool operator==(const Line&) const = default;
};

// A day read on the outside of an envelope: when it was posted, by what stands beside it.
struct SeenDate {
  Day date{};
  SentBasis basis = SentBasis::postmark;
  Confidence confidence = 0;
  std::uint32_t page = 0;
  Box box;
  bool operator==(const SeenDate&) const = default;
};

struct ReadLetter {
  Letter letter;
  std::string form;  // form id, empty = a free letter
  int form_version = 0;
  std::vector<Field> fields;
  std::vector<Line> lines;
  PersonalText text;               // the complainant's own words: description and continuation, or the body
  PersonalText sender;             // who writes, by the head of a free letter; empty = unknown
  PersonalText full_text;          // everything that could be read, lines in reading order
  std::optional<Day> letter_date;  // the date written on it, a real calendar date
  std::uint32_t letter_date_page = 0;
  Box letter_date_box;
  std::vector<SeenDate> seen_dates;  // on envelopes; each speaks for a sending date, none decides here
  std::vector<Reason> notes;
  bool operator==(const ReadLetter&) const = default;
};

// The field of that id, or null.
const Field* find(const ReadLetter& read, std::string_view field_id);

}  // namespace letter
