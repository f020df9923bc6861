#include "router/sqlite_journal.hpp"

#include "router/case_text.hpp"
#include "vault/keyring.hpp"

namespace router {

using letter::Event;

namespace {

constexpr const char* select_events = "SELECT seq, at, case_ref, who, verb, what FROM events WHERE ";
constexpr const char* select_rows = "SELECT seq, at, case_ref, who, verb, what, digest, link FROM events ";

// What a person typed is short enough to be guessed from its digest, once it is purged itself. So it is
// written with a salt that goes with it.
constexpr const char* salt_name = "salt";
std::string salted(Details what) {
  if (holds_words(what)) what[salt_name] = vault::hex(vault::fresh_key()).substr(0, 32);
  return written(what);
}

std::vector<Event> events(SQLite::Statement& ask) {
  std::vector<Event> found;
  while (ask.executeStep()) {
    Row row(ask);
    Event event;
    event.seq = static_cast<std::uint64_t>(row.number());
    event.at = instant(row.number());
    event.case_ref = row.text();
    event.who = row.text();
    event.verb = row.text();
    const std::string what = row.text();
    event.what = what.empty() ? Details{{"purged", "yes"}} : unwritten(what);
    event.what.erase(salt_name);
    found.push_back(std::move(event));
  }
  return found;
}

JournalRow journal_row(SQLite::Statement& ask) {
  Row row(ask);
  JournalRow value;
  value.seq = static_cast<std::uint64_t>(row.number());
  value.at_ms = row.number();
  value.case_ref = row.text();
  value.who = row.text();
  value.verb = row.text();
  value.what = row.text();
  value.digest = row.text();
  value.link = row.text();
  return value;
}

}  // namespace

JournalHead SqliteJournal::journal_head() {
  Prepared ask(statements_, "SELECT seq, link FROM events ORDER BY seq DESC LIMIT 1");
  if (!ask.executeStep()) return {};
  Row row(ask);
  JournalHead head;
  head.seq = static_cast<std::uint64_t>(row.number());
  head.link = row.text();
  return head;
}

Event SqliteJournal::append(const Event& event) {
  const JournalRow row = chained(
      {0, ms(event.at), event.case_ref, event.who, event.verb, salted(event.what), "", ""}, journal_head());
  Prepared write(statements_,
                 "INSERT INTO events (seq, at, case_ref, who, verb, what, digest, link) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  Binder(write)
      .number(static_cast<std::int64_t>(row.seq))
      .number(row.at_ms)
      .text(row.case_ref)
      .text(row.who)
      .text(row.verb)
      .text(row.what)
      .text(row.digest)
      .text(row.link);
  write.exec();
  Event kept = event;
  kept.seq = row.seq;
  return kept;
}

std::vector<Event> SqliteJournal::history(const letter::CaseRef& ref) {
  Prepared ask(statements_, std::string(select_events) + "case_ref = ? ORDER BY seq");
  Binder(ask).text(letter::text(ref));
  return events(ask);
}

std::vector<Event> SqliteJournal::events_of(const std::vector<std::string>& verbs, std::uint64_t seq,
                                            std::size_t limit) {
  std::string marks;
  for (std::size_t i = 0; i < verbs.size(); ++i) marks += i == 0 ? "?" : ", ?";
  Prepared ask(statements_,
               std::string(select_events) + "verb IN (" + marks + ") AND seq > ? ORDER BY seq LIMIT ?");
  Binder to(ask);
  for (const std::string& verb : verbs) to.text(verb);
  to.number(static_cast<std::int64_t>(seq)).number(static_cast<std::int64_t>(limit));
  return events(ask);
}

std::uint64_t SqliteJournal::count_events(std::string_view verb, letter::Instant from, letter::Instant to) {
  Prepared ask(statements_, "SELECT count(*) FROM events WHERE verb = ? AND at >= ? AND at < ?");
  Binder(ask).text(verb).number(ms(from)).number(ms(to));
  ENSURE(ask.executeStep());
  return static_cast<std::uint64_t>(Row(ask).number());
}

void SqliteJournal::forget(const letter::CaseRef& ref) {
  Prepared purge(statements_, "UPDATE events SET what = '' WHERE case_ref = ? AND what <> '{}'");
  Binder(purge).text(letter::text(ref));
  purge.exec();
}

void chain_old_events(SQLite::Database& db) {
  // They were linked all at once, or not yet: the first one tells.
  SQLite::Statement first(db, "SELECT link FROM events ORDER BY seq LIMIT 1");
  if (!first.executeStep() || !Row(first).text().empty()) return;
  first.reset();
  db.exec("BEGIN IMMEDIATE");
  JournalHead head;
  SQLite::Statement ask(db, std::string(select_rows) + "ORDER BY seq");
  SQLite::Statement write(db, "UPDATE events SET digest = ?, link = ? WHERE seq = ?");
  while (ask.executeStep()) {
    const JournalRow old = journal_row(ask);
    const JournalRow linked = chained(old, head);
    if (linked.seq != old.seq) throw letter::BrokenWorld("the register's journal has a gap");
    head = {linked.seq, linked.link};
    Binder(write).text(linked.digest).text(linked.link).number(static_cast<std::int64_t>(linked.seq));
    write.exec();
    write.reset();
  }
  ask.reset();
  db.exec("COMMIT");
}

void for_each_journal_row(const std::filesystem::path& register_file,
                          const std::function<void(const JournalRow&)>& work) {
  try {
    SQLite::Database db(register_file.string(), SQLite::OPEN_READONLY, 5'000);
    SQLite::Statement ask(db, std::string(select_rows) + "ORDER BY seq");
    while (ask.executeStep()) work(journal_row(ask));
  } catch (const SQLite::Exception& broken) {
    throw letter::BrokenWorld(std::string("register: ") + broken.what());
  }
}

}  // namespace router
