#include "cli/csv.hpp"

namespace cli {
namespace {

constexpr const char* byte_order_mark = "\xEF\xBB\xBF";

std::string cell(std::string text) {
  if (!text.empty() && (std::string_view("=+-@").find(text[0]) != std::string_view::npos ||
                        static_cast<unsigned char>(text[0]) < ' '))
    text.insert(0, 1, '\'');
  if (text.find_first_of(";\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string line(const std::vector<std::string>& cells) {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "" : ";") + cell(cells[i]);
  return text + "\r\n";
}

}  // namespace

std::string csv(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows) {
  std::string text = byte_order_mark + line(columns);
  for (const auto& row : rows) text += line(row);
  return text;
}

}  // namespace cli
