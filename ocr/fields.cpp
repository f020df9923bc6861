#include "ocr/fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "letter/text.hpp"
#include "ocr/dates.hpp"
#include "ocr/lined_box.hpp"
#include "ocr/ticks.hpp"
#include "ocr/validate.hpp"
#include "page/barcode.hpp"

namespace ocr {
namespace {

using letter::Field;
using letter::PersonalText;
using letter::Verdict;

constexpr double accepted_from = 0.90;  // confidence from which a value needs no person
constexpr double hand_most = 0.30;      // print's engine reads hands badly, and says otherwise

Field field_of(const FormPage& page, const Element& element) {
  Field field;
  field.id = element.id;
  field.page = page.page;
  field.box = page.where.box(element.x, element.y, element.w, element.h, page.master.grey.size());
  return field;
}

void decide(Field& field) {
  field.verdict = field.confidence >= accepted_from ? Verdict::accepted : Verdict::to_confirm;
  if (field.how != letter::How::tick && field.text.reveal().empty() && field.confidence < 0.5)
    field.verdict = Verdict::unread;
}

Field tick_field(const FormPage& page, const Element& element) {
  Field field = field_of(page, element);
  const TickSeen seen = see_tick(page.master, page.where, page.form, element);
  field.how = letter::How::tick;
  field.tick = seen.state;
  field.confidence = seen.confidence;
  decide(field);
  return field;
}

Field signature_field(const FormPage& page, const Element& element) {
  Field field = field_of(page, element);
  const cv::Rect2d inside(element.x + 1, element.y + 1, element.w - 2, element.h - 2);
  field.how = letter::How::tick;
  field.tick =
      written_in(page.master, page.where, inside) ? letter::TickState::ticked : letter::TickState::blank;
  field.confidence = 0.95;
  decide(field);
  return field;
}

Field qr_field(const FormPage& page, const Element& element) {
  Field field = field_of(page, element);
  field.how = letter::How::barcode;
  const cv::Rect2d around(element.x - 3, element.y - 3, element.w + 6, element.h + 6);
  if (const auto text = page::read_qr(cut(page.master, page.where, around, 10))) {
    field.text = PersonalText(*text);
    field.confidence = 0.999;
  }
  decide(field);
  return field;
}

// What the engine takes for each other where only one of the two may stand.
char lookalike(char c, const std::string& allowed) {
  constexpr std::array<std::string_view, 7> kin{"0OQD", "1IL|", "5S", "8B", "2Z", "6G", "4A"};
  for (const std::string_view family : kin) {
    if (family.find(c) == std::string_view::npos) continue;
    for (const char other : family)
      if (allowed.find(other) != std::string::npos) return other;
  }
  return 0;
}

struct CombRead {
  std::string text;
  std::vector<double> confidence;  // of each character of `text`; empty cells 1
};

std::string allowed_in(const Element& comb) {
  std::string all;
  for (std::uint32_t cell = 1; cell <= comb.cell_x.size(); ++cell)
    for (const char c : cell_letters(comb, cell))
      if (c != ' ' && all.find(c) == std::string::npos) all.push_back(c);
  return all;
}

// Where letters and figures may both stand, O and I among figures are figures, 0 and 1 among letters are
// letters: "BERTIN7O" -> "BERTIN70", "PAR1S" -> "PARIS".
void settle_lookalikes(const Element& element, CombRead& read) {
  const std::string allowed = allowed_in(element);
  if (allowed.find('0') == std::string::npos || allowed.find('O') == std::string::npos) return;
  const auto doubtful = [](char c) { return c == 'O' || c == '0' || c == 'I' || c == '1'; };
  const auto figure = [](char c) { return c >= '2' && c <= '9'; };
  const auto letter_ = [&](char c) { return c >= 'A' && c <= 'Z' && !doubtful(c); };
  for (std::size_t i = 0; i < read.text.size(); ++i) {
    char& c = read.text[i];
    if (!doubtful(c)) continue;
    std::size_t before = i, after = i;  // the nearest neighbours that are sure, across other doubtful ones
    while (before > 0 && doubtful(read.text[before - 1])) --before;
    while (after + 1 < read.text.size() && doubtful(read.text[after + 1])) ++after;
    const char left = before > 0 ? read.text[before - 1] : ' ';
    const char right = after + 1 < read.text.size() ? read.text[after + 1] : ' ';
    const bool to_figure = (figure(left) && !letter_(right)) || figure(right);
    const bool to_letter = letter_(left) && letter_(right);
    const char other = c == 'O' ? '0' : c == 'I' ? '1' : c == '0' ? 'O' : 'I';
    const bool is_figure = c == '0' || c == '1';
    if ((to_figure && !is_figure) || (to_letter && is_figure)) {
      c = other;
      read.confidence[i] *= 0.95;
    }
  }
}

cv::Mat lone_cell(const Comb& comb, const Cell& cell) {
  const cv::Rect column =
      cv::Rect(cell.ink.x - 1, 0, cell.ink.width + 2, comb.strip.rows) & cv::Rect({}, comb.strip.size());
  cv::Mat out;
  cv::copyMakeBorder(on_white(comb.strip)(column), out, 16, 16, 24, 24, cv::BORDER_CONSTANT, cv::Scalar(255));
  return out;
}

// The symbols of a composed line, each to its cell; a cell that got none or several is left without.
// As many symbols as letters: one each, in order (the engine's boxes are only roughly right). Else by place.
std::vector<Symbol> symbols_by_cell(const ComposedLine& line, const std::vector<Symbol>& symbols,
                                    std::size_t cells) {
  std::vector<Symbol> of_cell(cells);
  if (symbols.size() == line.cell.size()) {
    for (std::size_t i = 0; i < symbols.size(); ++i) of_cell[line.cell[i]] = symbols[i];
    return of_cell;
  }
  std::vector<int> claims(cells, 0);
  for (const Symbol& symbol : symbols) {
    const double middle = symbol.box.x + symbol.box.width / 2.0;
    std::size_t best = 0;
    for (std::size_t i = 1; i < line.middle.size(); ++i)
      if (std::abs(line.middle[i] - middle) < std::abs(line.middle[best] - middle)) best = i;
    of_cell[line.cell[best]] = ++claims[line.cell[best]] == 1 ? symbol : Symbol{};
  }
  return of_cell;
}

CombRead read_cells(const Element& element, const Comb& comb, Print& print) {
  const ComposedLine line = compose(comb);
  std::vector<Symbol> symbols = print.line(line.grey, allowed_in(element));
  const std::vector<Symbol> of_cell = symbols_by_cell(line, symbols, comb.cells.size());
  CombRead out;
  for (std::size_t i = 0; i < comb.filled(); ++i) {
    if (!comb.cells[i].inked) {
      out.text.push_back(' ');
      out.confidence.push_back(1);
      continue;
    }
    const std::string letters = cell_letters(element, static_cast<std::uint32_t>(i + 1));
    Symbol symbol = of_cell[i];
    if (symbol.text.empty()) {  // look at that cell alone
      symbol = print.character(lone_cell(comb, comb.cells[i]), letters);
      symbol.confidence *= 0.8;
    }
    char c = symbol.text.size() == 1 ? symbol.text[0] : '?';
    if (letters.find(c) == std::string::npos) {
      const char other = lookalike(c, letters);
      c = other ? other : '?';
      symbol.confidence *= other ? 0.9 : 0;
    }
    out.text.push_back(c);
    out.confidence.push_back(symbol.confidence);
  }
  return out;
}

letter::Reason check_note(const std::string& validator) {
  return {"field.check_failed", "La valeur lue ne passe pas le contrôle « " + validator + " ».",
          "The value read does not pass the check \"" + validator + "\"."};
}

void judge(Field& field, const Element& element, CombRead& read) {
  double confidence = 1;
  std::vector<std::size_t> doubted;
  for (std::size_t i = 0; i < read.confidence.size(); ++i) {
    confidence *= 0.5 + 0.5 * std::min(1.0, read.confidence[i] / 0.95);
    if (read.confidence[i] < 0.85) doubted.push_back(i);
  }
  if (!element.check.empty()) {
    const CheckVerdict verdict = check(element.check, read.text).verdict;
    if (!good(verdict)) {
      const std::string better = repaired(element.check, read.text, doubted);
      field.repaired = !better.empty();
      if (field.repaired) read.text = better;
      confidence = field.repaired ? std::max(confidence, 0.85) : std::min(confidence, 0.5);
      if (!field.repaired) field.notes.push_back(check_note(element.check));
    } else if (verdict == CheckVerdict::ok && (element.check == "nir" || element.check == "siret")) {
      confidence = std::max(confidence, 0.98);  // a key that fits by chance: 1 in 97, 1 in 100
    }
  }
  if (read.text.find('?') != std::string::npos) confidence = std::min(confidence, 0.3);
  field.confidence = std::clamp(confidence, 0.0, 0.995);
  field.text = PersonalText(letter::valid_utf8(read.text));
}

Field comb_field(const FormPage& page, const Element& element, const Comb& comb, bool hand, Print& print) {
  Field field = field_of(page, element);
  field.how = hand ? letter::How::hand : letter::How::typed;
  field.confidence = 0.97;  // an empty field
  if (comb.filled() > 0) {
    CombRead read = read_cells(element, comb, print);
    settle_lookalikes(element, read);
    judge(field, element, read);
    if (hand) field.confidence = std::min(field.confidence, hand_most);
  }
  decide(field);
  return field;
}

void take_date(FormRead& out, const Field& field, const std::string& element_id) {
  // The form's own word for the day it was signed.
  if (element_id != "FAIT_LE") return;
  const std::string& text = field.text.reveal();
  if (text.size() != 8 || !good(check_date(text).verdict)) return;
  const auto found = find_dates(text.substr(0, 2) + "/" + text.substr(2, 2) + "/" + text.substr(4));
  if (found.empty()) return;
  out.written_on = found.front().day;
  out.written_on_box = field.box;
}

Field lined_field(FormRead& out, const FormPage& page, const Element& element, const Readers& readers) {
  Field field = field_of(page, element);
  const LinedBox box = read_lined_box(page, element, readers);
  field.how = out.hand || box.hand ? letter::How::hand : letter::How::typed;
  field.confidence = box.confidence;
  if (field.how == letter::How::hand) field.confidence = std::min(field.confidence, hand_most);
  field.text = PersonalText(box.text);
  for (letter::Line line : box.lines) {
    line.how = field.how;
    if (line.how == letter::How::hand) line.confidence = std::min(line.confidence, hand_most);
    out.lines.push_back(line);
  }
  if (!out.text.empty() && !box.text.empty()) out.text += "\n";
  out.text += box.text;
  decide(field);
  return field;
}

}  // namespace

double baseline_stray_mm(const std::vector<Comb>& combs) {
  double sum = 0;
  int count = 0;
  for (const Comb& comb : combs) {
    std::vector<double> feet;
    for (const Cell& cell : comb.cells)
      if (cell.inked && cell.ink.height > 2.2 * cells_px_mm) feet.push_back(cell.ink.y + cell.ink.height);
    // Against the letter before: a sheet that is not flat moves neighbours together.
    for (std::size_t i = 1; i < feet.size(); ++i, ++count)
      sum += std::min(6.0, std::abs(feet[i] - feet[i - 1]));
  }
  return count < 4 ? 0 : sum / count / cells_px_mm;
}

FormRead read_form(const FormPage& page, const Readers& readers) {
  FormRead out;
  std::vector<Comb> combs;
  for (const Element& element : page.form.elements)
    if (element.kind == ElementKind::comb) combs.push_back(cut_comb(page.master, page.where, element));
  out.hand = baseline_stray_mm(combs) > hand_from_mm;
  std::size_t comb = 0;
  for (const Element& element : page.form.elements) {
    switch (element.kind) {
      case ElementKind::tick:
        out.fields.push_back(tick_field(page, element));
        break;
      case ElementKind::comb:
        out.fields.push_back(comb_field(page, element, combs[comb++], out.hand, readers.print));
        take_date(out, out.fields.back(), element.id);
        break;
      case ElementKind::text_lines:
        out.fields.push_back(lined_field(out, page, element, readers));
        break;
      case ElementKind::signature:
        out.fields.push_back(signature_field(page, element));
        break;
      case ElementKind::qr:
        out.fields.push_back(qr_field(page, element));
        break;
      case ElementKind::anchor:
      case ElementKind::anchor_hollow:
      case ElementKind::reserved:
        break;
    }
  }
  return out;
}

}  // namespace ocr
