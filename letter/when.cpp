// USE_OS_TZDB must say what the distribution's library was built with.
#include "letter/when.hpp"

#define USE_OS_TZDB 1
#include <date/tz.h>

#include <cstdio>

#include "letter/result.hpp"

namespace letter {
namespace {

using std::chrono::sys_days;

// `digits` of text from `at` as a number; nullopt when one is no digit.
std::optional<int> number(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

sys_days last_sunday(int year, std::chrono::month month) {
  return sys_days(std::chrono::year(year) / month / std::chrono::Sunday[std::chrono::last]);
}

// Compiled zone files end in 2037 and date-tz reads no further; the directive 2000/84/EC goes on.
std::chrono::seconds offset_by_directive(Instant at, int year) {
  using namespace std::chrono_literals;
  const auto summer = last_sunday(year, std::chrono::March) + 1h;
  const auto winter = last_sunday(year, std::chrono::October) + 1h;
  return at >= summer && at < winter ? std::chrono::seconds(2h) : std::chrono::seconds(1h);
}

std::chrono::seconds paris_offset(Instant at) {
  const Day utc_day(std::chrono::floor<std::chrono::days>(at));
  const int year = static_cast<int>(utc_day.year());
  if (year > 2036) return offset_by_directive(at, year);
  try {
    const auto* zone = date::locate_zone("Europe/Paris");
    return zone->get_info(std::chrono::floor<std::chrono::seconds>(at)).offset;
  } catch (const std::exception&) {
    throw BrokenWorld("no time zone Europe/Paris on this machine: is tzdata installed?");
  }
}

}  // namespace

std::string iso(Day day) {
  char out[32];
  std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return out;
}

std::string iso(Instant at) {
  const auto days = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::hh_mm_ss clock(at - days);
  char out[64];
  std::snprintf(out, sizeof out, "%sT%02d:%02d:%02d.%03dZ", iso(Day(days)).c_str(),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return out;
}

std::string french(Day day) {
  char out[32];
  std::snprintf(out, sizeof out, "%02u/%02u/%04d", static_cast<unsigned>(day.day()),
                static_cast<unsigned>(day.month()), static_cast<int>(day.year()));
  return out;
}

std::optional<Day> parse_day(std::string_view s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
  const auto year = number(s, 0, 4), month = number(s, 5, 2), day = number(s, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const Day parsed{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                   std::chrono::day(static_cast<unsigned>(*day))};
  if (!parsed.ok()) return std::nullopt;
  return parsed;
}

std::optional<Instant> parse_instant(std::string_view s) {
  if (s.size() < 20 || s[10] != 'T' || s[13] != ':' || s[16] != ':' || s.back() != 'Z') return std::nullopt;
  const auto day = parse_day(s.substr(0, 10));
  const auto hours = number(s, 11, 2), minutes = number(s, 14, 2), seconds = number(s, 17, 2);
  if (!day || !hours || !minutes || !seconds) return std::nullopt;
  if (*hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
  std::optional<int> millis = 0;
  if (s.size() == 24 && s[19] == '.')
    millis = number(s, 20, 3);
  else if (s.size() != 20)
    return std::nullopt;
  if (!millis) return std::nullopt;
  return sys_days(*day) + std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
         std::chrono::seconds(*seconds) + std::chrono::milliseconds(*millis);
}

Day paris_day(Instant at) { return Day(std::chrono::floor<std::chrono::days>(at + paris_offset(at))); }

}  // namespace letter
