// The open register file: brought up to date, its write-ahead log moved into it before anything is believed.
// Private to sqlite_*.cpp.
#pragma once

#include <chrono>
#include <filesystem>

#include "router/sqlite_rows.hpp"

namespace router {

struct SqliteConnection {
  // BrokenWorld as SqliteStore's.
  SqliteConnection(const std::filesystem::path& file, std::chrono::milliseconds patience);
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  // Commits; moves a log that has grown long into the file. SQLite::Exception when either fails: SQLite's own
  // checkpoint would say nothing of a sync that failed, and try it again later.
  void commit();
  // Moves the whole log into the file and empties it; false: somebody reads beside us.
  bool empties_log();

  SQLite::Database db;
  Statements statements{db};

 private:
  int log_pages_ = 0;  // after the last commit
};

}  // namespace router
