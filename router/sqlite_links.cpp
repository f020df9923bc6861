#include "router/sqlite_links.hpp"

#include <algorithm>

namespace router {

using letter::CaseRef;
using letter::LetterId;

void SqliteLinks::note_clues(const LetterId& id, const std::vector<std::string>& clues) {
  SQLite::Statement find(db_, "SELECT arrival FROM letters WHERE id = ?");
  Binder(find).text(letter::text(id));
  ENSURE(find.executeStep());
  const std::int64_t arrival = Row(find).number();
  SQLite::Statement forget(db_, "DELETE FROM clues WHERE arrival = ?");
  Binder(forget).number(arrival);
  forget.exec();
  SQLite::Statement write(db_, "INSERT OR IGNORE INTO clues (clue, arrival) VALUES (?, ?)");
  for (const std::string& clue : clues) {
    Binder(write).blob(clue).number(arrival);
    write.exec();
    write.reset();
  }
}

std::vector<CaseRef> SqliteLinks::cases_with(const std::vector<std::string>& clues, std::size_t of_each) {
  SQLite::Statement ask(db_,
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
  SQLite::Statement ask(db_, "SELECT mark FROM marks WHERE name = 'clues'");
  return ask.executeStep() ? Row(ask).text() : "";
}

void SqliteLinks::set_clue_mark(const std::string& mark) {
  SQLite::Statement write(db_, "INSERT OR REPLACE INTO marks (name, mark) VALUES ('clues', ?)");
  Binder(write).blob(mark);
  write.exec();
}

void SqliteLinks::propose(const Proposal& proposal) {
  SQLite::Statement write(
      db_,
      "INSERT OR IGNORE INTO proposals (from_year, from_number, into_year, into_number, because, answer) "
      "VALUES (?, ?, ?, ?, ?, '')");
  Binder(write).ref(proposal.from).ref(proposal.into).text(proposal.because);
  write.exec();
}

void SqliteLinks::settle(const Proposal& proposal, const std::string& answer) {
  SQLite::Statement write(db_,
                          "UPDATE proposals SET answer = ? WHERE from_year = ? AND from_number = ? AND "
                          "into_year = ? AND into_number = ?");
  Binder(write).text(answer).ref(proposal.from).ref(proposal.into);
  ENSURE(write.exec() == 1);
}

std::vector<Proposal> SqliteLinks::proposals(const CaseRef& ref) {
  SQLite::Statement ask(
      db_,
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
