// One row of the register, bound or read from left to right. Private to sqlite_*.cpp.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

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
