#include "letter/letter.hpp"

#include <charconv>

namespace letter {
namespace {

constexpr std::uint32_t last_number = 9'999'999;

bool is_station(std::string_view s) {
  if (s.empty() || s.size() > 16) return false;
  for (const char c : s)
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
  return true;
}

}  // namespace

std::string text(const LetterId& id) {
  std::string digits = std::to_string(id.number);
  if (digits.size() < 7) digits.insert(0, 7 - digits.size(), '0');
  return id.station + "-" + digits;
}

std::optional<LetterId> parse_letter_id(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto station = text.substr(0, dash), digits = text.substr(dash + 1);
  if (!is_station(station) || digits.size() != 7) return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (number < 1 || number > last_number) return std::nullopt;
  return LetterId{std::string(station), number};
}

}  // namespace letter
