// Time as values. Nothing but a main reads a clock; everyone else is told.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace letter {

using Day = std::chrono::year_month_day;                           // a civil date, Europe/Paris
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;  // UTC, for audit

std::string iso(Day day);                          // "2026-11-23"
std::string iso(Instant at);                       // "2026-11-23T08:15:00.123Z"
std::string french(Day day);                       // "23/11/2026"
std::optional<Day> parse_day(std::string_view s);  // ISO only, real calendar dates only
std::optional<Instant> parse_instant(std::string_view s);
// The civil date in Europe/Paris at `at` (g++ 12 has no chrono time zones: date-tz in when.cpp).
Day paris_day(Instant at);

}  // namespace letter
