#include "router/sqlite_connection.hpp"

#include <sqlite3.h>

#include "router/register_folder.hpp"
#include "router/schema.hpp"
#include "router/sqlite_journal.hpp"

namespace router {

using letter::BrokenWorld;

namespace {

constexpr int most_log_pages = 1000;  // of 4 KiB

std::string absolute_name(const std::filesystem::path& file) {
  make_folder(std::filesystem::absolute(file).parent_path());
  return std::filesystem::absolute(file).string();
}

SQLite::Database opened(const std::filesystem::path& file, std::chrono::milliseconds patience) {
  try {
    return {absolute_name(file), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
            static_cast<int>(patience.count())};
  } catch (const SQLite::Exception& broken) {
    throw BrokenWorld(std::string("register: ") + broken.what());
  }
}

void bring_up_to_date(SQLite::Database& db) {
  const auto steps = schema_steps();
  const int version = db.execAndGet("PRAGMA user_version").getInt();
  if (version < 0 || static_cast<std::size_t>(version) > steps.size())
    throw BrokenWorld("the register was made by a newer version of this program");
  for (std::size_t step = static_cast<std::size_t>(version); step < steps.size(); ++step) {
    db.exec("BEGIN IMMEDIATE");
    db.exec(std::string(steps[step]));
    db.exec("PRAGMA user_version = " + std::to_string(step + 1));
    db.exec("COMMIT");
  }
}

// The first word of a pragma's answer. It is carried out to its end: what it writes is committed after its
// row was given, and a sync that fails then is said by nothing but the next step.
std::string told(SQLite::Database& db, const char* pragma) {
  SQLite::Statement ask(db, pragma);
  std::string answer;
  for (bool is_first = true; ask.executeStep(); is_first = false)
    if (is_first) answer = ask.getColumn(0).getString();
  return answer;
}

int note_pages(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

SqliteConnection::SqliteConnection(const std::filesystem::path& file, std::chrono::milliseconds patience)
    : db(opened(file, patience)) {
  try {
    if (told(db, "PRAGMA journal_mode = WAL") != "wal")
      throw BrokenWorld("the register cannot be kept in WAL mode here");
    db.exec("PRAGMA synchronous = FULL");
    db.exec("PRAGMA foreign_keys = ON");
    db.exec("PRAGMA secure_delete = ON");  // what became secret leaves no trace in free pages
    if (!empties_log())
      throw BrokenWorld("the register's write-ahead log cannot be checkpointed: another program has it open");
    bring_up_to_date(db);
    chain_old_events(db);
    sqlite3_wal_hook(db.getHandle(), note_pages, &log_pages_);  // in the place of SQLite's own checkpoint
    sync_folder(std::filesystem::absolute(file).parent_path());
  } catch (const SQLite::Exception& broken) {
    throw BrokenWorld(std::string("register: ") + broken.what());
  }
}

bool SqliteConnection::empties_log() { return told(db, "PRAGMA wal_checkpoint(TRUNCATE)") == "0"; }

void SqliteConnection::commit() {
  db.exec("COMMIT");
  if (log_pages_ < most_log_pages) return;
  told(db, "PRAGMA wal_checkpoint(PASSIVE)");
}

}  // namespace router
