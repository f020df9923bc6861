#include "ocr/boxes/birth.hpp"

#include <algorithm>
#include <array>

namespace ocr {
namespace {

constexpr double same = 0.97;  // of people whose number tells their month of birth
constexpr double digits = 10;
// Cells of JJMMAAAA and of the number that hold the same digit: month and year.
constexpr std::array<std::pair<std::size_t, std::size_t>, 4> shared{{{2, 3}, {3, 4}, {6, 1}, {7, 2}}};

void lend(CellChoices& to, const CellChoices& from) {
  weigh_choices(to, [&](char c) { return same * from.of(c) + (1 - same) / digits; });
}

}  // namespace

void lend_birth(std::vector<BoxRead>& boxes) {
  BoxRead *nir = find_box(boxes, "NIR"), *born = find_box(boxes, "DATE_NAISSANCE");
  if (!nir || !born || nir->cells.size() < 13 || born->cells.size() != 8) return;
  for (const auto& [in_date, in_number] : shared) {
    CellChoices &day = born->cells[in_date], &number = nir->cells[in_number];
    if (!day.inked || !number.inked) continue;
    const CellChoices before = day;
    lend(day, number);
    lend(number, before);
  }
}

std::optional<bool> same_birth(const std::string& nir, const std::string& born) {
  if (nir.size() < 5 || born.size() != 8) return std::nullopt;
  const std::string month = nir.substr(3, 2);
  if (month < "01" || month > "12") return std::nullopt;
  return nir.substr(1, 2) == born.substr(6, 2) && month == born.substr(2, 2);
}

void compare_birth(std::vector<BoxRead>& boxes) {
  BoxRead *nir = find_box(boxes, "NIR"), *born = find_box(boxes, "DATE_NAISSANCE");
  if (!nir || !born || same_birth(nir->settled.text, born->settled.text).value_or(true)) return;
  const letter::Reason reason{"field.nir_birth",
                              "Le numéro de sécurité sociale et la date de naissance ne concordent pas.",
                              "The social security number and the date of birth do not agree."};
  nir->settled.notes.push_back(reason);
  born->settled.notes.push_back(reason);
  born->settled.score *= 0.8;
}

}  // namespace ocr
