#include "cli/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "letter/text.hpp"

namespace cli {
namespace {

// The next code point of valid UTF-8; moves `at` past it.
char32_t next(std::string_view utf8, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
  const unsigned char first = byte(at);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t point = length == 1 ? first : first & (0x7F >> length);
  for (std::size_t i = 1; i < length && at + i < utf8.size(); ++i)
    point = (point << 6) | (byte(at + i) & 0x3F);
  at = std::min(utf8.size(), at + length);
  return point;
}

using Range = std::pair<char32_t, char32_t>;

bool within(char32_t point, const auto& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return point >= range.first && point <= range.second; });
}

std::size_t width_of(char32_t point) {
  static constexpr std::array<Range, 7> none{
      Range{0x0300, 0x036F}, Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F},
      Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF}};
  static constexpr std::array<Range, 9> two{
      Range{0x1100, 0x115F}, Range{0x2E80, 0xA4CF},   Range{0xAC00, 0xD7A3},
      Range{0xF900, 0xFAFF}, Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},
      Range{0xFFE0, 0xFFE6}, Range{0x1F300, 0x1FAFF}, Range{0x20000, 0x3FFFD}};
  if (within(point, none)) return 0;
  return within(point, two) ? 2 : 1;
}

bool is_control(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

std::string cut(const std::string& text, std::size_t widest) {
  if (widest == 0 || display_width(text) <= widest) return text;
  std::size_t width = 0, at = 0;
  while (at < text.size()) {
    std::size_t after = at;
    const std::size_t wide = width_of(next(text, after));
    if (width + wide > widest - 1) break;
    width += wide;
    at = after;
  }
  return text.substr(0, at) + "…";
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
  const std::string valid = letter::valid_utf8(utf8);
  std::size_t width = 0;
  for (std::size_t at = 0; at < valid.size();) width += width_of(next(valid, at));
  return width;
}

std::string printable(std::string_view utf8) {
  const std::string valid = letter::valid_utf8(utf8);
  std::string safe;
  for (std::size_t at = 0; at < valid.size();) {
    const std::size_t start = at;
    const char32_t point = next(valid, at);
    if (point == '\n' || point == '\r' || point == '\t' || point == 0x2028 || point == 0x2029)
      safe += ' ';
    else if (is_control(point))
      safe += "·";
    else
      safe += valid.substr(start, at - start);
  }
  return safe;
}

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

std::string decimals(double n) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", n);
  return text.data();
}

std::string table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> cells;
  auto& heads = cells.emplace_back();
  for (const auto& column : columns) heads.push_back(column.head);
  for (const auto& row : rows) {
    auto& cleaned = cells.emplace_back();
    for (std::size_t i = 0; i < columns.size(); ++i)
      cleaned.push_back(i < row.size() ? cut(printable(row[i]), columns[i].widest) : "");
  }
  std::vector<std::size_t> widths(columns.size(), 0);
  for (const auto& row : cells)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  std::string text;
  for (const auto& row : cells) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string gap(widths[i] - display_width(row[i]), ' ');
      if (i > 0) line += "  ";
      line += columns[i].side == Side::left ? row[i] + gap : gap + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace cli
