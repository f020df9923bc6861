#include "belt/log.hpp"

#include <unistd.h>

#include <algorithm>

#include "belt/daemon.hpp"
#include "letter/text.hpp"
#include "letter/tree.hpp"

namespace belt {
namespace {

std::string_view word(Level level) {
  switch (level) {
    case Level::info:
      return "info";
    case Level::warn:
      return "warn";
    case Level::error:
      return "error";
  }
  return "error";
}

struct AsTree {
  letter::Tree operator()(const std::string& text) const { return text; }
  letter::Tree operator()(std::int64_t n) const { return n; }
  letter::Tree operator()(double n) const { return n; }
};

// A plain word as it is, anything else quoted, so that a line stays a line.
struct AsWord {
  std::string operator()(const std::string& text) const {
    const bool plain =
        !text.empty() && text.find_first_of(" \"=\\") == std::string::npos &&
        std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return plain ? letter::valid_utf8(text) : letter::dump_json(letter::Tree(text));
  }
  std::string operator()(std::int64_t n) const { return std::to_string(n); }
  std::string operator()(double n) const { return letter::dump_json(letter::Tree(n)); }
};

// One write, so that the lines of several daemons on one terminal do not mix.
void put(const std::string& line) {
  if (::write(STDERR_FILENO, line.data(), line.size()) < 0) return;  // nowhere left to say it
}

}  // namespace

Log::Log(std::string daemon, bool json) : daemon_(std::move(daemon)), json_(json) {}

void Log::info(std::string_view event, std::vector<LogValue> values) { line(Level::info, event, values); }
void Log::warn(std::string_view event, std::vector<LogValue> values) { line(Level::warn, event, values); }
void Log::error(std::string_view event, std::vector<LogValue> values) { line(Level::error, event, values); }

void Log::line(Level level, std::string_view event, const std::vector<LogValue>& values) {
  const std::string at = letter::iso(now_utc());
  if (json_) {
    letter::Tree tree = letter::Tree::object();
    tree.set("at", at).set("level", word(level)).set("daemon", daemon_).set("event", event);
    for (const auto& value : values) tree.set(value.key(), std::visit(AsTree{}, value.value()));
    put(letter::dump_json(tree) + "\n");
    return;
  }
  std::string out = at + " " + std::string(word(level)) + " " + daemon_ + " " + std::string(event);
  for (const auto& value : values) out += " " + value.key() + "=" + std::visit(AsWord{}, value.value());
  put(out + "\n");
}

}  // namespace belt
