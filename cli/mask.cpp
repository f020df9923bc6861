#include "cli/mask.hpp"

#include <algorithm>
#include <cctype>

#include "letter/filed.hpp"
#include "letter/text.hpp"

namespace cli {
namespace {

bool is_gap(char c) { return c == ' ' || c == '.' || c == '-'; }

bool belongs(char c, std::size_t place) {
  if (std::isdigit(static_cast<unsigned char>(c))) return true;
  return place == 6 && (c == 'A' || c == 'B' || c == 'a' || c == 'b');  // Corsica, 2A and 2B
}

// Luhn's check over 14 digits: a company's number, not a person's.
bool is_siret(std::string_view digits) {
  if (digits.size() != 14) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int doubled = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 == 0;
}

// How much of the text's beginning is something that only looks like a number of a person.
std::size_t harmless(std::string_view text) {
  constexpr std::size_t ref_size = 15, day_size = 10;
  if (letter::parse_case_ref(text.substr(0, ref_size))) return ref_size;
  if (letter::parse_day(text.substr(0, day_size))) return day_size;
  return 0;
}

struct Run {
  std::string characters;
  std::size_t size = 0;  // in the text, gaps included
};

// The longest run of at most 16 characters that a NIR could be made of; one gap at a time.
Run run_at(std::string_view text) {
  Run run;
  for (std::size_t i = 0; i < text.size() && run.characters.size() < 16; ++i) {
    if (belongs(text[i], run.characters.size())) {
      run.characters += text[i];
      run.size = i + 1;
    } else if (i == 0 || !is_gap(text[i]) || is_gap(text[i - 1])) {
      break;
    }
  }
  return run;
}

}  // namespace

// Wrong by too much is right here: a contract number that looks like a NIR is masked as well.
std::string nirs_masked(std::string_view text) {
  std::string safe;
  std::size_t at = 0;
  while (at < text.size()) {
    const bool inside = at > 0 && std::isdigit(static_cast<unsigned char>(text[at - 1]));
    const std::size_t skipped = inside ? 0 : harmless(text.substr(at));
    const Run run =
        inside || skipped > 0 || text[at] < '1' || text[at] > '8' ? Run{} : run_at(text.substr(at));
    if (run.characters.size() >= 13 && !is_siret(run.characters)) {
      safe += letter::masked_nir(run.characters);
      at += run.size;
    } else {
      const std::size_t kept =
          std::max<std::size_t>({1, skipped, run.characters.size() >= 13 ? run.size : 0});
      safe += text.substr(at, kept);
      at += kept;
    }
  }
  return safe;
}

std::string field_masked(std::string_view field_id, const std::string& text) {
  if (field_id == "NIR") return text.empty() ? "" : letter::masked_nir(text);
  return field_id == "SIRET" ? text : nirs_masked(text);
}

}  // namespace cli
