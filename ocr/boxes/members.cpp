#include "ocr/boxes/members.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>

#include "letter/text.hpp"
#include "letter/when.hpp"

namespace ocr {
namespace {

constexpr std::size_t most_members = 2'000'000;
// Natural logarithms, against the field's own favourite reading.
constexpr double near_enough = 9;  // what a field may cost and still say the same
constexpr double agrees = 3;       // costs so little that it speaks for the member
constexpr double other = 12;       // what a field costs that says something else: people move, and marry
constexpr double apart = 8;        // between the best member and the next
constexpr std::size_t least_agreeing = 2;

// Column, field of the form, and whether it alone tells people apart.
struct Column {
  std::string_view name, field;
  std::string Member::*value;
  bool telling;
};
const std::array<Column, 7> columns{{
    {"number", "NUM_ADHERENT", &Member::number, true},
    {"nir", "NIR", &Member::nir, true},
    {"last_name", "NOM_USAGE", &Member::last_name, false},
    {"birth_name", "NOM_NAISSANCE", &Member::birth_name, false},
    {"first_name", "PRENOM", &Member::first_name, false},
    {"birth_date", "DATE_NAISSANCE", &Member::born, true},
    {"postcode", "ADR_CP", &Member::postcode, false},
}};

std::vector<std::string> cells_of_row(std::string_view row, char comma) {
  std::vector<std::string> cells{""};
  bool quoted = false;
  for (const char c : row) {
    if (c == '"')
      quoted = !quoted;
    else if (c == comma && !quoted)
      cells.emplace_back();
    else if (c != '\r')
      cells.back().push_back(c);
  }
  return cells;
}

std::string digits_of(const std::string& text) {
  std::string out;
  for (const char c : text)
    if ((c >= '0' && c <= '9') || c == 'A' || c == 'B') out.push_back(c);
  return out;
}

// "1984-02-21", "21/02/1984" -> "21021984"; nothing for what is no day.
std::optional<std::string> day_cells(const std::string& text) {
  if (text.empty()) return "";
  if (const auto day = letter::parse_day(text)) return digits_of(letter::french(*day));
  const std::string digits = digits_of(text);
  return digits.size() == 8 ? std::optional(digits) : std::nullopt;
}

std::string as_on_form(const Column& column, const std::string& cell) {
  const std::string folded = letter::folded(cell);
  return column.name == "nir" || column.name == "postcode" ? digits_of(folded) : folded;
}

letter::Reason member_note() {
  return {"field.member", "La valeur est celle d’un adhérent de la liste.",
          "The value is that of a member of the list."};
}

// How much less the strokes say `value` than what they say best; nothing when it cannot be compared.
std::optional<double> cost(const BoxRead& box, std::string value) {
  if (value.size() > box.element->cell_x.size()) value.resize(box.element->cell_x.size());
  if (box.element->id == "NIR" && box.cells.size() == 13 && value.size() == 15) value.resize(13);
  if (value.empty()) return std::nullopt;
  if (value.size() != box.cells.size()) return other;
  return std::min(other, std::log(probability(box.cells, favourite(box.cells))) -
                             std::log(probability(box.cells, value)));
}

struct Fit {
  const Member* member = nullptr;
  double cost = 0;
  std::size_t agreeing = 0;
  bool told = false;  // by a number or a day
};

Fit fit_of(const Member& member, const std::array<const BoxRead*, columns.size()>& boxes) {
  Fit fit{&member};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto one = boxes[i] ? cost(*boxes[i], member.*columns[i].value) : std::nullopt;
    if (!one) continue;
    fit.cost += *one;
    // A field of few cells agrees by chance; a short name counts with something else beside it.
    fit.agreeing += *one < agrees;
    fit.told |= columns[i].telling && *one < near_enough;
  }
  return fit;
}

}  // namespace

letter::Result<Members> Members::load(const std::filesystem::path& csv) {
  std::ifstream in(csv, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && text.empty())
    return letter::fault("members.unreadable", "La liste des adhérents ne peut pas être lue.",
                         "The list of members cannot be read.");
  return parse(text);
}

letter::Result<Members> Members::parse(const std::string& text) {
  Members out;
  std::array<std::size_t, columns.size()> place{};
  std::size_t row = 0;
  for (std::size_t from = 0; from < text.size(); ++row) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view line = std::string_view(text).substr(from, end - from);
    from = end + 1;
    if (line.find_first_not_of(" \r\t") == std::string_view::npos) continue;
    static constexpr std::string_view mark = "\xEF\xBB\xBF";
    const std::string heading = text.substr(0, text.find('\n'));
    const char comma = heading.find(';') == std::string::npos ? ',' : ';';
    const auto cells =
        cells_of_row(row == 0 && line.starts_with(mark) ? line.substr(mark.size()) : line, comma);
    Member member;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (row == 0) {
        const auto found = std::find(cells.begin(), cells.end(), columns[i].name);
        if (found == cells.end())
          return letter::fault(
              "members.heading",
              "Il manque une colonne à la liste des adhérents : " + std::string(columns[i].name) + ".",
              "The list of members lacks a column: " + std::string(columns[i].name) + ".");
        place[i] = static_cast<std::size_t>(found - cells.begin());
        continue;
      }
      const std::string cell = place[i] < cells.size() ? cells[place[i]] : "";
      const auto value = columns[i].name == "birth_date" ? day_cells(cell) : as_on_form(columns[i], cell);
      if (!value || place[i] >= cells.size() || out.all_.size() >= most_members)
        return letter::fault(
            "members.row", "La liste des adhérents est illisible à la ligne " + std::to_string(row + 1) + ".",
            "The list of members cannot be read at line " + std::to_string(row + 1) + ".");
      member.*columns[i].value = *value;
    }
    if (row > 0) out.all_.push_back(std::move(member));
  }
  if (row == 0)
    return letter::fault("members.heading", "La liste des adhérents est vide.",
                         "The list of members is empty.");
  return out;
}

void Members::match(std::vector<BoxRead>& boxes) const {
  std::array<const BoxRead*, columns.size()> held{};
  for (std::size_t i = 0; i < columns.size(); ++i) held[i] = find_box(std::as_const(boxes), columns[i].field);
  Fit best, next;
  best.cost = next.cost = 1e9;
  for (const Member& member : all_) {
    const Fit fit = fit_of(member, held);
    if (fit.cost < best.cost)
      next = best, best = fit;
    else if (fit.cost < next.cost)
      next = fit;
  }
  if (!best.member || best.agreeing < least_agreeing || !best.told || next.cost - best.cost < apart) return;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!held[i]) continue;
    std::string value = best.member->*columns[i].value;
    const auto one = cost(*held[i], value);
    if (!one || *one >= near_enough) continue;
    value.resize(std::min(value.size(), held[i]->cells.size()));
    Settled& settled = boxes[static_cast<std::size_t>(held[i] - boxes.data())].settled;
    settled.repaired |= settled.text != value;
    settled.text = value;
    settled.score = std::max(settled.score, 1 - std::exp(-(near_enough - *one)) - 0.001);
    settled.notes.push_back(member_note());
  }
}

}  // namespace ocr
