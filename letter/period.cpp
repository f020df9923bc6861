#include "letter/period.hpp"

#include <charconv>

namespace letter {

namespace {

constexpr int most_years = 100, most_days = 36'500;

bool is_years(std::string_view unit) {
  return unit == "years" || unit == "year" || unit == "ans" || unit == "an";
}
bool is_days(std::string_view unit) {
  return unit == "days" || unit == "day" || unit == "jours" || unit == "jour";
}

}  // namespace

std::optional<Period> parse_period(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (error != std::errc{} || number < 1 || !rest.starts_with(' ')) return std::nullopt;
  const auto unit = rest.substr(1);
  if (is_years(unit) && number <= most_years) return Period{number, 0};
  if (is_days(unit) && number <= most_days) return Period{0, number};
  return std::nullopt;
}

std::string text(const Period& period) {
  return period.years > 0 ? std::to_string(period.years) + (period.years == 1 ? " year" : " years")
                          : std::to_string(period.days) + (period.days == 1 ? " day" : " days");
}

Day after(Day day, const Period& period) {
  const Day moved = day + std::chrono::years{period.years};
  const Day real = moved.ok() ? moved : Day{moved.year() / moved.month() / std::chrono::last};
  return Day{std::chrono::sys_days{real} + std::chrono::days{period.days}};
}

}  // namespace letter
