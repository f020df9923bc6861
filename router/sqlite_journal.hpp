// The journal in the register on disk: events that are never changed, each linked to the one before. Part of
// sqlite_store.
#pragma once

#include "router/journal_file.hpp"
#include "router/sqlite_rows.hpp"
#include "router/store.hpp"

namespace router {

// The methods of Transaction of the same names.
class SqliteJournal {
 public:
  explicit SqliteJournal(Statements& statements) : statements_(statements) {}
  letter::Event append(const letter::Event& event);
  std::vector<letter::Event> history(const letter::CaseRef& ref);
  std::vector<letter::Event> events_of(const std::vector<std::string>& verbs, std::uint64_t seq,
                                       std::size_t limit);
  std::uint64_t count_events(std::string_view verb, letter::Instant from, letter::Instant to);
  JournalHead journal_head();
  void forget(const letter::CaseRef& ref);  // what the case's events told; the chain holds on

 private:
  Statements& statements_;
};

// Links the events of a register that was made before the chain; in a transaction of its own.
void chain_old_events(SQLite::Database& db);

}  // namespace router
