#include "router/sqlite_links.hpp"

#include <algorithm>

namespace router {

using letter::CaseRef;
using letter::LetterId;

namespace {

constexpr const char* select_automatic =
    "SELECT id, queue, is_complaint, lead, model, sorted_at, picked, held_by, held_until, passed, checked_at "
    "FROM automatic JOIN letters USING (arrival) WHERE ";

std::vector<Automatic> read_automatic(SQLite::Statement& ask) {
  std::vector<Automatic> found;
  while (ask.executeStep()) {
    Row row(ask);
    Automatic one;
    one.id = trusted(letter::parse_letter_id(row.text()));
    one.queue = trusted(letter::parse_queue(row.text()));
    one.is_complaint = row.number() != 0;
    one.lead = row.text();
    one.model = row.text();
    one.sorted_at = instant(row.number());
    one.picked = row.number() != 0;
    one.held_by = row.text();
    one.held_until = instant(row.number());
    one.passed = row.number() != 0;
    if (!row.next_is_null()) one.checked = instant(row.number());
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace

std::int64_t SqliteLinks::arrival_of(const LetterId& id) {
  Prepared find(statements_, "SELECT arrival FROM letters WHERE id = ?");
  Binder(find).text(letter::text(id));
  ENSURE(find.executeStep());
  return Row(find).number();
}

void SqliteLinks::save_automatic(const Automatic& one) {
  Prepared write(statements_,
                 "INSERT OR REPLACE INTO automatic (arrival, queue, is_complaint, lead, model, "
                 "sorted_at, picked, held_by, held_until, passed, checked_at) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Binder to(write);
  to.number(arrival_of(one.id)).text(letter::id(one.queue)).number(one.is_complaint).blob(one.lead);
  to.text(one.model).number(ms(one.sorted_at)).number(one.picked).text(one.held_by);
  to.number(ms(one.held_until)).number(one.passed);
  if (one.checked)
    to.number(ms(*one.checked));
  else
    to.nothing();
  write.exec();
}

std::optional<Automatic> SqliteLinks::automatic(const LetterId& id) {
  Prepared ask(statements_, std::string(select_automatic) + "id = ?");
  Binder(ask).text(letter::text(id));
  auto found = read_automatic(ask);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Automatic> SqliteLinks::checks_waiting(std::size_t limit) {
  Prepared ask(statements_,
               std::string(select_automatic) + "picked = 1 AND checked_at IS NULL ORDER BY arrival LIMIT ?");
  Binder(ask).number(static_cast<std::int64_t>(limit));
  return read_automatic(ask);
}

std::vector<Automatic> SqliteLinks::same_ground(const Automatic& one, std::size_t limit) {
  Prepared ask(statements_,
               std::string(select_automatic) +
                   "queue = ?1 AND model = ?2 AND lead = ?3 AND arrival > coalesce((SELECT max(arrival) FROM "
                   "automatic WHERE queue = ?1 AND model = ?2 AND lead = ?3 AND checked_at IS NOT NULL AND "
                   "passed = 1 AND arrival < ?4), 0) ORDER BY arrival LIMIT ?5");
  Binder(ask)
      .text(letter::id(one.queue))
      .text(one.model)
      .blob(one.lead)
      .number(arrival_of(one.id))
      .number(static_cast<std::int64_t>(limit));
  return read_automatic(ask);
}

void SqliteLinks::note_clues(const LetterId& id, const std::vector<std::string>& clues) {
  const std::int64_t arrival = arrival_of(id);
  Prepared forget(statements_, "DELETE FROM clues WHERE arrival = ?");
  Binder(forget).number(arrival);
  forget.exec();
  Prepared write(statements_, "INSERT OR IGNORE INTO clues (clue, arrival) VALUES (?, ?)");
  for (const std::string& clue : clues) {
    Binder(write).blob(clue).number(arrival);
    write.exec();
    write.reset();
  }
}

std::vector<CaseRef> SqliteLinks::cases_with(const std::vector<std::string>& clues, std::size_t of_each) {
  Prepared ask(statements_,
               "SELECT letters.arrival, year, number FROM clues JOIN letters USING (arrival) "
               "WHERE clue = ? ORDER BY arrival DESC LIMIT ?");
  std::vector<std::pair<std::int64_t, CaseRef>> hits;
  for (const std::string& clue : clues) {
    Binder(ask).blob(clue).number(static_cast<std::int64_t>(of_each));
    while (ask.executeStep()) {
      Row row(ask);
      const std::int64_t arrival = row.number();
      hits.emplace_back(arrival, row.ref());
    }
    ask.reset();
  }
  std::ranges::sort(hits, std::greater{});
  std::vector<CaseRef> refs;
  for (const auto& [arrival, ref] : hits)
    if (std::ranges::find(refs, ref) == refs.end()) refs.push_back(ref);
  return refs;
}

std::string SqliteLinks::clue_mark() {
  Prepared ask(statements_, "SELECT mark FROM marks WHERE name = 'clues'");
  return ask.executeStep() ? Row(ask).text() : "";
}

void SqliteLinks::set_clue_mark(const std::string& mark) {
  Prepared write(statements_, "INSERT OR REPLACE INTO marks (name, mark) VALUES ('clues', ?)");
  Binder(write).blob(mark);
  write.exec();
}

void SqliteLinks::forget(const CaseRef& ref) {
  for (const char* table : {"clues", "automatic"}) {
    Prepared purge(statements_,
                   std::string("DELETE FROM ") + table +
                       " WHERE arrival IN (SELECT arrival FROM letters WHERE year = ? AND number = ?)");
    Binder(purge).ref(ref);
    purge.exec();
  }
}

void SqliteLinks::propose(const Proposal& proposal) {
  Prepared write(
      statements_,
      "INSERT OR IGNORE INTO proposals (from_year, from_number, into_year, into_number, because, answer) "
      "VALUES (?, ?, ?, ?, ?, '')");
  Binder(write).ref(proposal.from).ref(proposal.into).text(proposal.because);
  write.exec();
}

void SqliteLinks::settle(const Proposal& proposal, const std::string& answer) {
  Prepared write(statements_,
                 "UPDATE proposals SET answer = ? WHERE from_year = ? AND from_number = ? AND "
                 "into_year = ? AND into_number = ?");
  Binder(write).text(answer).ref(proposal.from).ref(proposal.into);
  ENSURE(write.exec() == 1);
}

std::vector<Proposal> SqliteLinks::proposals(const CaseRef& ref) {
  Prepared ask(
      statements_,
      "SELECT from_year, from_number, into_year, into_number, because FROM proposals WHERE answer = '' AND "
      "((from_year = ?1 AND from_number = ?2) OR (into_year = ?1 AND into_number = ?2)) ORDER BY 1, 2, 3, 4");
  Binder(ask).ref(ref);
  std::vector<Proposal> found;
  while (ask.executeStep()) {
    Row row(ask);
    Proposal proposal;
    proposal.from = row.ref();
    proposal.into = row.ref();
    proposal.because = row.text();
    found.push_back(std::move(proposal));
  }
  return found;
}

}  // namespace router
