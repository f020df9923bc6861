#include "router/schema.hpp"

#include <array>

namespace router {

namespace {

// Dates are ISO text (Europe/Paris), instants are milliseconds since 1970 (UTC). `open` and `post_by`
// repeat what state and deadlines say, so that a queue is one walk along an index.
constexpr std::string_view first_tables = R"sql(
CREATE TABLE numbers (
  year INTEGER PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

CREATE TABLE cases (
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  queue TEXT NOT NULL,
  secondary TEXT NOT NULL,
  state TEXT NOT NULL,
  is_complaint INTEGER NOT NULL,
  needs_review INTEGER NOT NULL,
  confidence REAL NOT NULL,
  complainant TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  arrived_on TEXT NOT NULL,
  sent_on TEXT NOT NULL,
  sent_basis TEXT NOT NULL,
  sent_conflict INTEGER NOT NULL,
  ack_due TEXT, ack_post_by TEXT,
  answer_due TEXT, answer_post_by TEXT,
  mediation_open TEXT, mediation_last TEXT,
  rule_set TEXT,
  merged_into TEXT NOT NULL,
  claimed_by TEXT NOT NULL,
  lease_until INTEGER NOT NULL,
  fencing INTEGER NOT NULL,
  open INTEGER NOT NULL,
  post_by TEXT NOT NULL,
  PRIMARY KEY (year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_queue ON cases (queue, post_by, year, number) WHERE open = 1;

CREATE TABLE letters (
  arrival INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  slip BLOB NOT NULL,
  FOREIGN KEY (year, number) REFERENCES cases (year, number)
) STRICT;
CREATE INDEX letters_by_case ON letters (year, number);

CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  case_ref TEXT NOT NULL,
  who TEXT NOT NULL,
  verb TEXT NOT NULL,
  what TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_case ON events (case_ref, seq);
CREATE INDEX events_by_verb ON events (verb, at);
CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
  BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
)sql";

// Follow-ups: keyed hashes of what letters may be recognised by, and joins that a desk must decide. `marks`
// holds how the hashes were made.
constexpr std::string_view follow_ups = R"sql(
ALTER TABLE cases ADD COLUMN box TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN news INTEGER NOT NULL DEFAULT 0;

CREATE TABLE clues (
  clue BLOB NOT NULL,
  arrival INTEGER NOT NULL REFERENCES letters (arrival),
  PRIMARY KEY (clue, arrival)
) STRICT, WITHOUT ROWID;
CREATE INDEX clues_by_letter ON clues (arrival);

CREATE TABLE marks (
  name TEXT PRIMARY KEY,
  mark BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE proposals (
  from_year INTEGER NOT NULL,
  from_number INTEGER NOT NULL,
  into_year INTEGER NOT NULL,
  into_number INTEGER NOT NULL,
  because TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (from_year, from_number, into_year, into_number),
  FOREIGN KEY (from_year, from_number) REFERENCES cases (year, number),
  FOREIGN KEY (into_year, into_number) REFERENCES cases (year, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX proposals_by_other ON proposals (into_year, into_number);
)sql";

// Letters sorted without a person, and the checks of some of them. `lead` is a keyed hash.
constexpr std::string_view blind_checks = R"sql(
CREATE TABLE automatic (
  arrival INTEGER PRIMARY KEY REFERENCES letters (arrival),
  queue TEXT NOT NULL,
  is_complaint INTEGER NOT NULL,
  lead BLOB NOT NULL,
  model TEXT NOT NULL,
  sorted_at INTEGER NOT NULL,
  picked INTEGER NOT NULL,
  held_by TEXT NOT NULL,
  held_until INTEGER NOT NULL,
  checked_at INTEGER,
  passed INTEGER NOT NULL
) STRICT;
CREATE INDEX automatic_to_check ON automatic (arrival) WHERE picked = 1 AND checked_at IS NULL;
CREATE INDEX automatic_by_ground ON automatic (queue, model, lead, arrival);
)sql";

// Clocks that begin before the letter in hand, and promises that replace them.
constexpr std::string_view other_dates = R"sql(
ALTER TABLE cases ADD COLUMN first_complaint TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN answer_told TEXT NOT NULL DEFAULT '';
)sql";

// The journal as a chain. What an event says may be purged once it is linked, and nothing else of it.
constexpr std::string_view chain = R"sql(
ALTER TABLE events ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN link TEXT NOT NULL DEFAULT '';
DROP TRIGGER events_stay_as_they_are;
CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON events
  WHEN old.seq IS NOT new.seq OR old.at IS NOT new.at OR old.case_ref IS NOT new.case_ref OR
       old.who IS NOT new.who OR old.verb IS NOT new.verb OR
       (old.what IS NOT new.what AND (new.what <> '' OR old.link = '')) OR
       (old.link <> '' AND (old.link IS NOT new.link OR old.digest IS NOT new.digest))
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
)sql";

// What is under medical secrecy, closed with that service's key; the open columns then hold no word of
// anybody's.
constexpr std::string_view secrets = R"sql(
ALTER TABLE cases ADD COLUMN closed_name BLOB NOT NULL DEFAULT x'';
ALTER TABLE letters ADD COLUMN closed BLOB NOT NULL DEFAULT x'';
)sql";

// The end of a case's time, and what is still to be done where its sheets are.
constexpr std::string_view retention = R"sql(
ALTER TABLE cases ADD COLUMN frozen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN purged_on TEXT NOT NULL DEFAULT '';
CREATE INDEX cases_medical ON cases (year, number)
  WHERE queue = 'dossiers_medicaux' OR secondary = 'dossiers_medicaux';

CREATE TABLE chores (
  kind TEXT NOT NULL,
  of TEXT NOT NULL,
  PRIMARY KEY (kind, of)
) STRICT, WITHOUT ROWID;
INSERT INTO chores SELECT 'close', id FROM letters JOIN cases USING (year, number)
  WHERE queue = 'dossiers_medicaux' OR secondary = 'dossiers_medicaux';
)sql";

constexpr std::array<std::string_view, 7> steps{first_tables, follow_ups, blind_checks, other_dates,
                                                chain,        secrets,    retention};

constexpr std::array columns{
    "year",           "number",         "queue",       "secondary",   "state",      "is_complaint",
    "needs_review",   "confidence",     "complainant", "received_at", "arrived_on", "sent_on",
    "sent_basis",     "sent_conflict",  "ack_due",     "ack_post_by", "answer_due", "answer_post_by",
    "mediation_open", "mediation_last", "rule_set",    "merged_into", "claimed_by", "lease_until",
    "fencing",        "open",           "post_by",     "box",         "news",       "first_complaint",
    "answer_told",    "closed_name",    "frozen",      "purged_on"};

}  // namespace

std::string case_columns() {
  std::string list;
  for (const char* column : columns) list += (list.empty() ? "" : ", ") + std::string(column);
  return list;
}

std::string save_case_sql() {
  std::string marks, updates;
  for (const char* column : columns) {
    marks += marks.empty() ? "?" : ", ?";
    updates += (updates.empty() ? "" : ", ") + std::string(column) + " = excluded." + column;
  }
  return "INSERT INTO cases (" + case_columns() + ") VALUES (" + marks +
         ") ON CONFLICT (year, number) DO UPDATE SET " + updates;
}

std::span<const std::string_view> schema_steps() { return steps; }

}  // namespace router
