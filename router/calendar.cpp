#include "router/calendar.hpp"

#include <algorithm>
#include <array>

namespace router {

using letter::Day;
using std::chrono::April;
using std::chrono::August;
using std::chrono::day;
using std::chrono::days;
using std::chrono::December;
using std::chrono::January;
using std::chrono::July;
using std::chrono::June;
using std::chrono::May;
using std::chrono::month;
using std::chrono::November;
using std::chrono::October;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year;

namespace {

int days_after_easter(Day when) {
  const auto since = sys_days{when} - sys_days{easter(static_cast<int>(when.year()))};
  return static_cast<int>(since.count());
}

bool is_national(Day when, const Calendar& calendar) {
  constexpr std::array fixed{January / 1, May / 1,      May / 8,       July / 14,
                             August / 15, November / 1, November / 11, December / 25};
  if (std::ranges::find(fixed, when.month() / when.day()) != fixed.end()) return true;
  const int since_easter = days_after_easter(when);  // Easter Monday, Ascension, Whit Monday
  return since_easter == 1 || since_easter == 39 || (since_easter == 50 && !calendar.whit_monday_worked);
}

bool is_regional(Day when, const std::string& region) {
  const auto date = when.month() / when.day();
  // L3134-13: Good Friday and St Stephen's day. L3422-2: the abolition of slavery, each on its day.
  if (region == "AM") return date == December / 26 || days_after_easter(when) == -2;
  if (region == "YT") return date == April / 27;
  if (region == "MQ") return date == May / 22;
  if (region == "GP" || region == "MF") return date == May / 27;
  if (region == "GF") return date == June / 10;
  if (region == "BL") return date == October / 9;
  if (region == "RE") return date == December / 20;
  return false;
}

bool has(const std::vector<Day>& dates, Day when) { return std::ranges::find(dates, when) != dates.end(); }

}  // namespace

Day easter(int y) {  // Meeus, Astronomical Algorithms, ch. 8
  const int a = y % 19, b = y / 100, c = y % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return Day{year{y}, month{static_cast<unsigned>(n / 31)}, day{static_cast<unsigned>(n % 31 + 1)}};
}

bool is_holiday(Day when, const Calendar& calendar) {
  if (has(calendar.worked, when)) return false;
  return has(calendar.also, when) || is_national(when, calendar) || is_regional(when, calendar.region);
}

std::set<Day> holidays(int y, const Calendar& calendar) {
  std::set<Day> all;
  for (sys_days at{year{y} / January / 1}; at < sys_days{year{y + 1} / January / 1}; at += days{1})
    if (is_holiday(Day{at}, calendar)) all.insert(Day{at});
  return all;
}

bool is_jour_ouvrable(Day when, const Calendar& calendar) {
  return weekday{sys_days{when}} != std::chrono::Sunday && !is_holiday(when, calendar);
}

bool is_jour_ouvre(Day when, const Calendar& calendar) {
  return weekday{sys_days{when}} != std::chrono::Saturday && is_jour_ouvrable(when, calendar);
}

}  // namespace router
