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
// split join accept_join refuse_join acknowledge answer hold posted withdraw undo check check_answer
// hand_over corrections register status. docs/wire.md lists the args of each.
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
  std::optional<Day> first_complaint;  // an earlier written complaint that began the two months
  std::optional<Deadlines> deadlines;
  std::optional<Day> answer_told;  // by when, as a holding letter says
  Confidence confidence = 0;
  bool needs_review = false;
  bool is_complaint = true;
  std::uint32_t letters = 0, pages = 0;
  std::string claimed_by;  // empty = free
  Instant lease_until{};
  std::uint32_t news = 0;       // letters that joined by themselves since a desk last opened it
  std::uint32_t proposals = 0;  // joins that a desk must decide
  PostBox box = PostBox::none;  // where its first letter arrived
  bool operator==(const CaseRow&) const = default;
};

// Another open case of which this one may be a part, or which may be a part of it.
struct ProposedJoin {
  std::string ref, queue;
  State state = State::registered;
  SentOn sent_on;
  PersonalText complainant;  // where the asker may open it
  std::string because;       // "member", "name_birth~" (~: but for a misreading), joined by "+"
  bool older = false;        // that case takes over this one; else this one takes it over
  bool operator==(const ProposedJoin&) const = default;
};

// One day that speaks for when a letter was sent, what it rests on, where it stands, and what became of it.
struct SentCandidate {
  std::string letter;  // its id
  Day date{};
  SentBasis basis = SentBasis::arrival_minus_3;
  Source source = Source::reckoned;
  Confidence confidence = 1;  // of a reading; 1 for what was keyed or reckoned
  std::uint32_t page = 0;
  Box box;  // on the untouched page; an empty one: it stands on no page
  Fate fate = Fate::kept;
  bool in_doubt =
      false;  // a written date that a person should confirm; where it is kept, the case is flagged
  bool operator==(const SentCandidate&) const = default;
};

// A case opened: the row, every letter as sorted, every event, the joins to decide, what speaks for the
// sending date.
struct CaseFile {
  CaseRow row;
  std::vector<SortedLetter> letters;
  std::vector<Event> history;
  std::vector<ProposedJoin> proposals;
  std::vector<SentCandidate> sent_candidates;  // of every letter, in their order, strongest first
  bool operator==(const CaseFile&) const = default;
};

// What a person decided of a letter, beside what the program had decided: what a sorter can learn from.
struct Correction {
  std::uint64_t seq = 0;  // of the event that it is; grows
  LetterId id;
  PersonalText text;  // the letter's own words; empty where the asker may not read them
  PostBox box = PostBox::none;
  std::vector<std::string> ticked;  // ids of the form's ticked boxes
  Queue queue = Queue::autre;       // the program's choice
  std::optional<Queue> secondary;
  bool is_complaint = true;
  Queue decided_queue = Queue::autre;  // the person's
  std::optional<Queue> decided_secondary;
  bool decided_complaint = true;
  bool automatic = false;  // the program had decided alone
  std::string source;      // "reroute" | "blind_check" | "review"
  Instant at{};
  bool operator==(const Correction&) const = default;
};

// The answer. `reason` is set exactly when the errand was refused. Page bytes follow as frames.
struct Answer {
  std::string request;
  std::optional<Reason> reason;
  std::vector<CaseRow> rows;                 // list, next (0 or 1), claim and every change (1)
  std::optional<CaseFile> file;              // open
  std::uint64_t fencing = 0;                 // claim, renew
  std::map<std::string, std::string> facts;  // status and small answers
  std::optional<ReadLetter> blind;           // check: what was read, and nothing of what was decided
  std::vector<Correction> corrections;       // corrections
  std::vector<std::map<std::string, std::string>> entries;  // register: a case each, column -> text
  std::vector<std::string> pages;                           // PDF or PNG bytes, one frame each
  bool operator==(const Answer&) const = default;
};

}  // namespace letter
