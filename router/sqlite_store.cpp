#include "router/sqlite_store.hpp"

#include "letter/wire.hpp"
#include "router/schema.hpp"
#include "router/sqlite_chores.hpp"
#include "router/sqlite_connection.hpp"
#include "router/sqlite_journal.hpp"
#include "router/sqlite_links.hpp"
#include "router/sqlite_secrets.hpp"

namespace router {

using letter::BrokenWorld;
using letter::CaseRef;
using letter::Instant;
using letter::LetterId;
using letter::SortedLetter;

namespace {

void bind(Binder to, const Case& value, const SqliteSecrets& secrets) {
  const bool secret = secrets.is_secret(value);
  to.ref(value.ref).text(letter::id(value.queue)).text(value.secondary ? letter::id(*value.secondary) : "");
  to.text(letter::id(value.state)).number(value.is_complaint).number(value.needs_review);
  to.real(value.confidence).text(secret ? "" : value.complainant.reveal()).number(ms(value.received_at));
  to.text(letter::iso(value.arrived_on)).text(letter::iso(value.sent_on.date));
  to.text(letter::id(value.sent_on.basis)).number(value.sent_on.conflict);
  if (value.deadlines) {
    const letter::Deadlines& due = *value.deadlines;
    to.text(letter::iso(due.ack_due)).text(letter::iso(due.ack_post_by));
    to.text(letter::iso(due.answer_due)).text(letter::iso(due.answer_post_by));
    to.text(letter::iso(due.mediation_open)).text(letter::iso(due.mediation_last)).text(due.rule_set);
  } else {
    for (int i = 0; i < 7; ++i) to.nothing();
  }
  to.text(value.merged_into).text(value.claimed_by).number(ms(value.lease_until));
  to.number(static_cast<std::int64_t>(value.fencing)).number(is_open(value.state));
  const auto post_by = next_post_by(value);
  to.text(post_by ? letter::iso(*post_by) : "").text(letter::id(value.box)).number(value.news);
  to.day_or_none(value.first_complaint).day_or_none(value.answer_told);
  to.blob(secret ? secrets.closed_name(value) : "").number(value.frozen).day_or_none(value.purged_on);
}

Case read_case(SQLite::Statement& statement, const SqliteSecrets& secrets) {
  Row row(statement);
  Case value;
  value.ref = row.ref();
  value.queue = trusted(letter::parse_queue(row.text()));
  if (const std::string secondary = row.text(); !secondary.empty())
    value.secondary = trusted(letter::parse_queue(secondary));
  value.state = trusted(letter::parse_state(row.text()));
  value.is_complaint = row.number() != 0;
  value.needs_review = row.number() != 0;
  value.confidence = row.real();
  value.complainant = letter::PersonalText(row.text());
  value.received_at = instant(row.number());
  value.arrived_on = row.day();
  value.sent_on.date = row.day();
  value.sent_on.basis = trusted(letter::parse_sent_basis(row.text()));
  value.sent_on.conflict = row.number() != 0;
  if (row.next_is_null()) {
    for (int i = 0; i < 7; ++i) row.text();
  } else {
    letter::Deadlines& due = value.deadlines.emplace();
    for (letter::Day* day : {&due.ack_due, &due.ack_post_by, &due.answer_due, &due.answer_post_by,
                             &due.mediation_open, &due.mediation_last})
      *day = row.day();
    due.rule_set = row.text();
  }
  value.merged_into = row.text();
  value.claimed_by = row.text();
  value.lease_until = instant(row.number());
  value.fencing = static_cast<std::uint64_t>(row.number());
  row.number();  // open
  row.text();    // post_by
  value.box = trusted(letter::parse_post_box(row.text()));
  value.news = static_cast<std::uint32_t>(row.number());
  value.first_complaint = row.day_or_none();
  value.answer_told = row.day_or_none();
  if (const std::string closed = row.text(); !closed.empty())
    value.complainant = secrets.opened_name(value.ref, closed);
  value.frozen = row.number() != 0;
  value.purged_on = row.day_or_none();
  return value;
}

}  // namespace

struct SqliteStore::Connection : SqliteConnection {
  Connection(const std::filesystem::path& file, std::chrono::milliseconds patience,
             vault::Keyring medical_ring)
      : SqliteConnection(file, patience), medical(std::move(medical_ring)) {}
  const vault::Keyring medical;
  SqliteSecrets secrets{statements, medical};
  bool made_secret = false;  // what was readable is closed since the last checkpoint
  bool broken = false;       // a commit failed: what the file says is no longer known
  const std::string save = save_case_sql();
  const std::string select = "SELECT " + case_columns() + " FROM cases ";
};

class SqliteStore::Changes : public Transaction {
 public:
  explicit Changes(Connection& connection)
      : connection_(connection),
        statements_(connection.statements),
        secrets_(connection.secrets),
        links_(connection.statements),
        journal_(connection.statements),
        chores_(connection.statements) {}

  std::optional<std::string> case_of(const LetterId& id) override {
    Prepared ask(statements_, "SELECT year, number FROM letters WHERE id = ?");
    Binder(ask).text(letter::text(id));
    if (!ask.executeStep()) return std::nullopt;
    return letter::text(Row(ask).ref());
  }

  CaseRef next_ref(int year) override {
    Prepared grow(statements_,
                  "INSERT INTO numbers (year, last) VALUES (?, 1) "
                  "ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last");
    Binder(grow).number(year);
    ENSURE(grow.executeStep());
    const CaseRef ref{year, static_cast<std::uint32_t>(Row(grow).number())};
    ENSURE(!grow.executeStep());
    return ref;
  }

  std::optional<Case> load(const CaseRef& ref) override {
    Prepared ask(statements_, connection_.select + "WHERE year = ? AND number = ?");
    Binder(ask).ref(ref);
    if (!ask.executeStep()) return std::nullopt;
    return read_case(ask, secrets_);
  }

  void save(const Case& value) override {
    Prepared write(statements_, connection_.save);
    bind(Binder(write), value, secrets_);
    write.exec();
    follow(value.ref, secrets_.is_secret(value));
  }

  void attach(const CaseRef& ref, const SortedLetter& sorted) override {
    Prepared write(statements_,
                   "INSERT INTO letters (id, year, number, pages, slip, closed) VALUES (?, ?, ?, ?, ?, ?)");
    const letter::Letter& mail = sorted.read.letter;
    const bool secret = secrets_.is_secret(ref);
    const auto slip = secrets_.slip_of(sorted, secret);
    if (secret && !mail.sealed) chores_.add({ChoreKind::close, letter::text(mail.id)});
    Binder(write)
        .text(letter::text(mail.id))
        .ref(ref)
        .number(static_cast<std::int64_t>(mail.pages.size()))
        .blob(slip.slip)
        .blob(slip.closed);
    write.exec();
  }

  void move(const LetterId& id, const CaseRef& to) override {
    Prepared write(statements_, "UPDATE letters SET year = ?, number = ? WHERE id = ?");
    Binder(write).ref(to).text(letter::text(id));
    ENSURE(write.exec() == 1);
    follow(to, secrets_.is_secret(to));
  }

  void replace(const SortedLetter& sorted) override {
    Prepared write(statements_, "UPDATE letters SET pages = ?, slip = ?, closed = ? WHERE id = ?");
    const letter::Letter& mail = sorted.read.letter;
    const auto slip = secrets_.slip_of(sorted, is_secret(mail.id));
    Binder(write)
        .number(static_cast<std::int64_t>(mail.pages.size()))
        .blob(slip.slip)
        .blob(slip.closed)
        .text(letter::text(mail.id));
    ENSURE(write.exec() == 1);
  }

  std::vector<SortedLetter> letters(const CaseRef& ref) override {
    Prepared ask(statements_,
                 "SELECT slip, closed FROM letters WHERE year = ? AND number = ? ORDER BY arrival");
    Binder(ask).ref(ref);
    std::vector<SortedLetter> found;
    while (ask.executeStep()) found.push_back(letter_in(ask));
    return found;
  }

  Sheets sheets(const CaseRef& ref) override {
    Prepared ask(statements_,
                 "SELECT count(*), coalesce(sum(pages), 0) FROM letters WHERE year = ? AND number = ?");
    Binder(ask).ref(ref);
    ENSURE(ask.executeStep());
    Row row(ask);
    Sheets count;
    count.letters = static_cast<std::uint32_t>(row.number());
    count.pages = static_cast<std::uint32_t>(row.number());
    return count;
  }

  void note_clues(const LetterId& id, const std::vector<std::string>& clues) override {
    links_.note_clues(id, is_secret(id) ? std::vector<std::string>{} : clues);
  }
  std::vector<CaseRef> cases_with(const std::vector<std::string>& clues, std::size_t of_each) override {
    return links_.cases_with(clues, of_each);
  }
  std::string clue_mark() override { return links_.clue_mark(); }
  void set_clue_mark(const std::string& mark) override { links_.set_clue_mark(mark); }
  void propose(const Proposal& proposal) override { links_.propose(proposal); }
  void settle(const Proposal& proposal, const std::string& answer) override {
    links_.settle(proposal, answer);
  }
  std::vector<Proposal> proposals(const CaseRef& ref) override { return links_.proposals(ref); }

  // The hash of a letter's strongest word could be tried out by who holds the folder of keys.
  void save_automatic(const Automatic& one) override {
    Automatic told = one;
    if (is_secret(one.id)) told.lead = vault::fresh_key().substr(0, one.lead.size());
    links_.save_automatic(told);
  }
  std::optional<Automatic> automatic(const LetterId& id) override { return links_.automatic(id); }
  std::vector<Automatic> checks_waiting(std::size_t limit) override { return links_.checks_waiting(limit); }
  std::vector<Automatic> same_ground(const Automatic& one, std::size_t limit) override {
    return links_.same_ground(one, limit);
  }

  letter::Event append(const letter::Event& event) override {
    const auto ref = letter::parse_case_ref(event.case_ref);
    return journal_.append(ref && secrets_.is_secret(*ref) ? secrets_.closed(event) : event);
  }
  std::vector<letter::Event> history(const CaseRef& ref) override { return opened(journal_.history(ref)); }
  std::vector<letter::Event> events_of(const std::vector<std::string>& verbs, std::uint64_t seq,
                                       std::size_t limit) override {
    return opened(journal_.events_of(verbs, seq, limit));
  }
  std::uint64_t count_events(std::string_view verb, Instant from, Instant to) override {
    return journal_.count_events(verb, from, to);
  }
  JournalHead journal_head() override { return journal_.journal_head(); }

  void for_each_letter(const std::function<void(const SortedLetter&)>& work) override {
    Prepared ask(statements_, "SELECT slip, closed FROM letters ORDER BY arrival");
    while (ask.executeStep()) work(letter_in(ask));
  }

  std::vector<Case> queue(const std::vector<letter::Queue>& queues, std::size_t limit) override {
    std::string names;  // ids of an enum: nothing of a stranger's gets into the SQL
    bool medical = false;
    for (const letter::Queue queue : queues) {
      names += (names.empty() ? "'" : ", '") + std::string(letter::id(queue)) + "'";
      medical = medical || queue == letter::Queue::dossiers_medicaux;
    }
    const std::string also = medical ? " OR secondary = 'dossiers_medicaux'" : "";
    Prepared ask(statements_, connection_.select + "WHERE open = 1 AND (queue IN (" + names + ")" + also +
                                  ") ORDER BY post_by = '', post_by, year, number LIMIT ?");
    Binder(ask).number(static_cast<std::int64_t>(limit));
    return cases(ask);
  }

  std::vector<Case> cases_after(const CaseRef& ref, std::size_t limit) override {
    Prepared ask(statements_,
                 connection_.select + "WHERE (year, number) > (?, ?) ORDER BY year, number LIMIT ?");
    Binder(ask).ref(ref).number(static_cast<std::int64_t>(limit));
    return cases(ask);
  }

  std::vector<CaseRef> secrets_left_readable() override { return secrets_.left_readable(); }
  std::vector<Chore> chores(ChoreKind kind, std::size_t limit) override {
    return chores_.waiting(kind, limit);
  }
  void strike_off(const std::vector<Chore>& done) override { chores_.strike_off(done); }
  void purge(const Case& value) override {
    ENSURE(value.purged_on && !value.frozen);
    save(value);
    for (const SortedLetter& sorted : letters(value.ref)) {
      chores_.add({ChoreKind::erase, letter::text(sorted.read.letter.id)});
      replace(without_words(sorted));
    }
    chores_.add({ChoreKind::erase_handover, letter::text(value.ref)});
    links_.forget(value.ref);
    journal_.forget(value.ref);
    connection_.made_secret = true;
  }
  Standing standing(letter::Day today) override {
    Standing count;
    for (const letter::Queue queue : letter::all_queues) count.queues[queue] = {};
    Prepared ask(statements_,
                 "SELECT queue, count(*), total(post_by <> '' AND post_by < ?1), total(post_by = ?1) "
                 "FROM cases WHERE open = 1 GROUP BY queue");
    Binder(ask).text(letter::iso(today));
    while (ask.executeStep()) {
      Row row(ask);
      Standing::OfQueue& mine = count.queues[trusted(letter::parse_queue(row.text()))];
      mine.open = static_cast<std::uint64_t>(row.number());
      mine.late = static_cast<std::uint64_t>(row.number());
      mine.due_today = static_cast<std::uint64_t>(row.number());
    }
    count.checks = counted("SELECT count(*) FROM automatic WHERE picked = 1 AND checked_at IS NULL");
    count.cases = counted("SELECT count(*) FROM cases");
    count.letters = counted("SELECT count(*) FROM letters");
    return count;
  }

 private:
  void follow(const CaseRef& ref, bool secret) {
    const auto closed = secrets_.follow(ref, secret);
    for (const LetterId& id : closed.letters) chores_.add({ChoreKind::close, letter::text(id)});
    if (closed.anything()) connection_.made_secret = true;
  }
  bool is_secret(const LetterId& id) {
    const auto ref = case_of(id);
    return ref && secrets_.is_secret(letter::parse_case_ref(*ref).value());
  }
  SortedLetter letter_in(SQLite::Statement& ask) {
    Row row(ask);
    std::string slip = row.text();
    return secrets_.letter_in({std::move(slip), row.text()});
  }
  std::vector<letter::Event> opened(std::vector<letter::Event> events) {
    for (letter::Event& event : events) event = secrets_.opened(std::move(event));
    return events;
  }

  std::uint64_t counted(const std::string& question) {
    Prepared ask(statements_, question);
    ENSURE(ask.executeStep());
    return static_cast<std::uint64_t>(Row(ask).number());
  }

  std::vector<Case> cases(SQLite::Statement& ask) {
    std::vector<Case> found;
    while (ask.executeStep()) found.push_back(read_case(ask, secrets_));
    return found;
  }

  Connection& connection_;
  Statements& statements_;
  SqliteSecrets& secrets_;
  SqliteLinks links_;
  SqliteJournal journal_;
  SqliteChores chores_;
};

SqliteStore::SqliteStore(const std::filesystem::path& file, vault::Keyring medical,
                         std::chrono::milliseconds patience)
    : connection_(std::make_unique<Connection>(file, patience, std::move(medical))) {}

SqliteStore::~SqliteStore() = default;

void SqliteStore::transact(const std::function<void(Transaction&)>& work) {
  if (connection_->broken) throw BrokenWorld("register: an earlier commit failed");
  SQLite::Database& db = connection_->db;
  const auto roll_back = [&db] { db.tryExec("ROLLBACK"); };
  try {
    db.exec("BEGIN IMMEDIATE");
    Changes changes(*connection_);
    try {
      work(changes);
    } catch (...) {
      roll_back();
      throw;
    }
    connection_->broken = true;  // until the commit says otherwise
    connection_->commit();
    connection_->broken = false;
    // What was readable before stands in the log until it is folded in; who reads beside us may delay that.
    if (connection_->made_secret) connection_->made_secret = !connection_->empties_log();
  } catch (const SQLite::Exception& broken) {
    connection_->broken = true;
    throw BrokenWorld(std::string("register: ") + broken.what());
  }
}

}  // namespace router
