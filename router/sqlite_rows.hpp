// One row of the register, bound or read from left to right. Private to sqlite_*.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <memory>

#include "letter/filed.hpp"

namespace router {

inline std::int64_t ms(letter::Instant at) { return at.time_since_epoch().count(); }
inline letter::Instant instant(std::int64_t ms_since_1970) {
  return letter::Instant{std::chrono::milliseconds{ms_since_1970}};
}

// What this program wrote it must be able to read; anything else means a damaged or foreign file.
template <class T>
T trusted(std::optional<T> value) {
  if (!value) throw letter::BrokenWorld("the register holds a value that no version of this program writes");
  return *value;
}

// The statements of one connection, compiled once and kept.
class Statements {
 public:
  explicit Statements(SQLite::Database& db) : db_(db) {}
  std::unique_ptr<SQLite::Statement> take(const std::string& sql) {
    const auto kept = kept_.find(sql);
    if (kept == kept_.end() || !kept->second) return std::make_unique<SQLite::Statement>(db_, sql);
    return std::move(kept->second);
  }
  void give_back(std::unique_ptr<SQLite::Statement> statement) {
    statement->tryReset();
    statement->clearBindings();
    kept_[statement->getQuery()] = std::move(statement);
  }

 private:
  SQLite::Database& db_;
  std::map<std::string, std::unique_ptr<SQLite::Statement>> kept_;  // null: it is being used
};

// One of them in use; a second use of the same words meanwhile gets one of its own.
class Prepared {
 public:
  Prepared(Statements& all, const std::string& sql) : all_(all), statement_(all.take(sql)) {}
  ~Prepared() { all_.give_back(std::move(statement_)); }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
  operator SQLite::Statement&() { return *statement_; }
  bool executeStep() { return statement_->executeStep(); }
  int exec() { return statement_->exec(); }
  void reset() { statement_->reset(); }

 private:
  Statements& all_;
  std::unique_ptr<SQLite::Statement> statement_;
};

// Binds the values of one row from left to right.
class Binder {
 public:
  explicit Binder(SQLite::Statement& statement) : statement_(statement) {}
  Binder& text(std::string_view value) { return statement_.bind(++at_, std::string(value)), *this; }
  Binder& number(std::int64_t value) { return statement_.bind(++at_, value), *this; }
  Binder& real(double value) { return statement_.bind(++at_, value), *this; }
  Binder& nothing() { return statement_.bind(++at_), *this; }
  Binder& blob(const std::string& bytes) {
    return statement_.bind(++at_, bytes.data(), static_cast<int>(bytes.size())), *this;
  }
  Binder& day_or_none(const std::optional<letter::Day>& day) { return text(day ? letter::iso(*day) : ""); }
  Binder& ref(const letter::CaseRef& value) { return number(value.year).number(value.number); }

 private:
  SQLite::Statement& statement_;
  int at_ = 0;
};

// Reads the values of one row from left to right.
class Row {
 public:
  explicit Row(SQLite::Statement& statement) : statement_(statement) {}
  std::string text() { return statement_.getColumn(at_++).getString(); }
  std::int64_t number() { return statement_.getColumn(at_++).getInt64(); }
  double real() { return statement_.getColumn(at_++).getDouble(); }
  letter::Day day() { return trusted(letter::parse_day(text())); }
  std::optional<letter::Day> day_or_none() {
    const std::string iso = text();
    return iso.empty() ? std::nullopt : std::optional(trusted(letter::parse_day(iso)));
  }
  bool next_is_null() { return statement_.isColumnNull(at_); }
  letter::CaseRef ref() {
    const int year = static_cast<int>(number());
    return {year, static_cast<std::uint32_t>(number())};
  }

 private:
  SQLite::Statement& statement_;
  int at_ = 0;
};

}  // namespace router
