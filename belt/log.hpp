// One event, one line: a name and a few ids and counts. JSON on request. A Personal<T> does not fit.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "letter/filed.hpp"

namespace belt {

class LogValue {
 public:
  LogValue(std::string_view key, const letter::LetterId& id) : key_(key), value_(letter::text(id)) {}
  LogValue(std::string_view key, const letter::Reason& reason) : key_(key), value_(reason.code) {}
  LogValue(std::string_view key, std::string_view text) : key_(key), value_(std::string(text)) {}
  LogValue(std::string_view key, const char* text) : key_(key), value_(std::string(text)) {}
  LogValue(std::string_view key, const std::string& text) : key_(key), value_(text) {}
  LogValue(std::string_view key, std::integral auto n) : key_(key), value_(static_cast<std::int64_t>(n)) {}
  LogValue(std::string_view key, double n) : key_(key), value_(n) {}
  template <class T>
  LogValue(std::string_view, const letter::Personal<T>&) = delete;
  const std::string& key() const { return key_; }
  const std::variant<std::string, std::int64_t, double>& value() const { return value_; }

 private:
  std::string key_;
  std::variant<std::string, std::int64_t, double> value_;
};

enum class Level { info, warn, error };

// Only mains and loops log. Lines go to stderr: "2026-11-23T08:15:00.123Z info ingest receipt
// id=LYON1-0000123".
class Log {
 public:
  Log(std::string daemon, bool json);
  void info(std::string_view event, std::vector<LogValue> values = {});
  void warn(std::string_view event, std::vector<LogValue> values = {});
  void error(std::string_view event, std::vector<LogValue> values = {});

 private:
  void line(Level level, std::string_view event, const std::vector<LogValue>& values);
  std::string daemon_;
  bool json_;
};

}  // namespace belt
