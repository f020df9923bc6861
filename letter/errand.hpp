// What a desk may ask of the router, and what comes back. docs/wire.md says it for other languages.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "letter/filed.hpp"

namespace letter {

// One request. `verb` is one of: list next open pages claim renew release correct requalify reroute
// split join acknowledge answer withdraw undo status. docs/wire.md lists the args of each.
struct Errand {
  std::string request;  // chosen by the asker (1-64 characters), repeated in the answer
  std::string verb;
  std::string ref;            // case reference, where the verb needs one
  std::string queue;          // queue id, where the verb needs one
  std::uint64_t fencing = 0;  // the number a claim gave; a change under an older one is refused
  std::map<std::string, std::string> args;
  bool operator==(const Errand&) const = default;
};

// A case as a list shows it: no text of the letter.
struct CaseRow {
  std::string ref;
  std::string queue;
  std::string secondary;
  State state = State::registered;
  PersonalText complainant;
  Instant received_at{};
  SentOn sent_on;
  std::optional<Deadlines> deadlines;
  Confidence confidence = 0;
  bool needs_review = false;
  bool is_complaint = true;
  std::uint32_t letters = 0, pages = 0;
  std::string claimed_by;  // empty = free
  Instant lease_until{};
  bool operator==(const CaseRow&) const = default;
};

// A case opened: the row, every letter as sorted, every event.
struct CaseFile {
  CaseRow row;
  std::vector<SortedLetter> letters;
  std::vector<Event> history;
  bool operator==(const CaseFile&) const = default;
};

// The answer. `reason` is set exactly when the errand was refused. Page bytes follow as frames.
struct Answer {
  std::string request;
  std::optional<Reason> reason;
  std::vector<CaseRow> rows;                 // list, next (0 or 1), claim and every change (1)
  std::optional<CaseFile> file;              // open
  std::uint64_t fencing = 0;                 // claim, renew
  std::map<std::string, std::string> facts;  // status and small answers
  std::vector<std::string> pages;            // PDF or PNG bytes, one frame each
  bool operator==(const Answer&) const = default;
};

}  // namespace letter
