#include "ocr/fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "letter/text.hpp"
#include "ocr/boxes/boxes.hpp"
#include "ocr/boxes/evidence.hpp"
#include "ocr/check/validate.hpp"
#include "ocr/form/ticks.hpp"
#include "ocr/lined_box.hpp"
#include "ocr/prose/dates.hpp"
#include "page/barcode.hpp"

namespace ocr {
namespace {

using letter::Field;
using letter::PersonalText;
using letter::Verdict;

constexpr double accepted_from = 0.90;  // confidence from which a value needs no person

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

Field comb_field(const FormPage& page, const BoxRead& box, bool hand) {
  Field field = field_of(page, *box.element);
  field.how = hand ? letter::How::hand : letter::How::typed;
  field.confidence = std::clamp(box.settled.score, 0.0, 1.0);
  field.text = PersonalText(box.settled.text);
  field.repaired = box.settled.repaired;
  field.notes = box.settled.notes;
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
  field.how = box.hand || (box.lines.empty() && out.hand) ? letter::How::hand : letter::How::typed;
  field.confidence = box.confidence;
  field.text = PersonalText(box.text);
  out.lines.insert(out.lines.end(), box.lines.begin(), box.lines.end());
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
  std::vector<BoxRead> boxes;
  for (const Element& element : page.form.elements) {
    if (element.kind != ElementKind::comb) continue;
    combs.push_back(cut_comb(page.master, page.where, element));
    boxes.emplace_back().element = &element;
  }
  out.hand = baseline_stray_mm(combs) > hand_from_mm;
  for (std::size_t i = 0; i < combs.size(); ++i)
    boxes[i] = readers.boxes.read(*boxes[i].element, combs[i], out.hand);
  settle_all(boxes, readers.boxes, page.latest);
  make_sure(boxes, readers.boxes, out.hand);
  readers.members.match(boxes);
  std::size_t comb = 0;
  for (const Element& element : page.form.elements) {
    switch (element.kind) {
      case ElementKind::tick:
        out.fields.push_back(tick_field(page, element));
        break;
      case ElementKind::comb:
        out.fields.push_back(comb_field(page, boxes[comb++], out.hand));
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
