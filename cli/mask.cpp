#include "cli/mask.hpp"

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

}  // namespace

// Wrong by too much is right here: a contract number that looks like a NIR is masked as well.
std::string nirs_masked(std::string_view text) {
  std::string safe;
  std::size_t at = 0;
  while (at < text.size()) {
    constexpr std::size_t ref_size = 15;  // "2026-0001234-57" is a case reference, with its own key
    if (letter::parse_case_ref(text.substr(at, ref_size))) {
      safe += text.substr(at, ref_size);
      at += ref_size;
      continue;
    }
    const bool begins = text[at] >= '1' && text[at] <= '8' &&
                        (at == 0 || !std::isdigit(static_cast<unsigned char>(text[at - 1])));
    std::string found;
    std::size_t end = at;
    if (begins) {
      for (std::size_t i = at; i < text.size() && found.size() < 15; ++i) {
        if (belongs(text[i], found.size())) {
          found += text[i];
          end = i + 1;
        } else if (!is_gap(text[i]) || !(i > 0 && !is_gap(text[i - 1]))) {
          break;
        }
      }
    }
    if (found.size() >= 13) {
      safe += letter::masked_nir(found);
      at = end;
    } else {
      safe += text[at++];
    }
  }
  return safe;
}

bool holds_nir(std::string_view field_id) { return field_id == "NIR" || field_id.starts_with("NIR_"); }

}  // namespace cli
