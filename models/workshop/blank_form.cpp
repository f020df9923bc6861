#include "models/workshop/blank_form.hpp"

#include "models/workshop/canvas.hpp"
#include "models/workshop/encode.hpp"
#include "models/workshop/qr.hpp"

namespace workshop {
namespace {

// Thin and grey where the reader must tell pen from print, black where it must find its way.
constexpr Pen tick_pen{0.3, 1}, cell_pen{0.2, 0.4}, rule_pen{0.2, 0.27}, frame_pen{0.25, 1};

void draw_label(Canvas& canvas, const ocr::Form& form, const ocr::Element& element) {
  if (element.label.empty()) return;
  if (element.kind == ocr::ElementKind::tick)
    canvas.write({element.x + element.w + 1.2, element.y + 3.2}, element.label, {form.font, 2.7});
  else if (element.kind == ocr::ElementKind::comb)
    canvas.write({element.x, element.y - 0.6}, element.label, {form.font, 2.5});
  else
    canvas.write({element.x + 1, element.y - 0.8}, element.label, {form.font, 2.5});
}

void draw_element(Canvas& canvas, const ocr::Element& element) {
  const Rect whole{element.x, element.y, element.w, element.h};
  switch (element.kind) {
    case ocr::ElementKind::anchor:
      return canvas.fill(whole);
    case ocr::ElementKind::anchor_hollow: {
      const double wall = element.w / 4;
      return canvas.outline({element.x + wall / 2, element.y + wall / 2, element.w - wall, element.h - wall},
                            {wall, 1});
    }
    case ocr::ElementKind::qr:
      return draw_qr(canvas, whole, element.payload, QrCare::medium);
    case ocr::ElementKind::tick:
      return canvas.outline(whole, tick_pen);
    case ocr::ElementKind::comb:
      for (const double x : element.cell_x)
        canvas.outline({x, element.y, element.cell_w, element.h}, cell_pen);
      return;
    case ocr::ElementKind::text_lines:
      for (std::uint32_t line = 1; line <= element.lines; ++line) {
        const double y = element.y + line * element.line_pitch;
        canvas.stroke({{element.x, y}, {element.x + element.w, y}}, rule_pen);
      }
      return canvas.outline(whole, frame_pen);
    case ocr::ElementKind::signature:
    case ocr::ElementKind::reserved:
      return canvas.outline(whole, frame_pen);
  }
}

}  // namespace

void draw_blank(Canvas& canvas, const ocr::Form& form) {
  for (const ocr::Element& element : form.elements) {
    draw_element(canvas, element);
    // The label of a lined area is a caption of its own: it is a heading.
    if (element.kind != ocr::ElementKind::text_lines) draw_label(canvas, form, element);
  }
  for (const ocr::Caption& caption : form.captions)
    canvas.write({caption.x, caption.y}, caption.text, {form.font, caption.size, caption.bold});
}

letter::Result<std::string> print_blank(const ocr::Form& form, PrintFormat format, double dpi) {
  if (!(dpi >= 72 && dpi <= 1200))
    return letter::fault("form.dpi", "La résolution doit être de 72 à 1200 points par pouce.",
                         "The resolution must be 72 to 1200 dots per inch.");
  const Medium medium = format == PrintFormat::pdf   ? Medium::pdf
                        : format == PrintFormat::svg ? Medium::svg
                                                     : Medium::pixels;
  // Cairo sets letters on whole pixels: a coarse picture is drawn finer, so that they stand where they
  // should.
  const int finer = format == PrintFormat::png ? std::max(1, static_cast<int>(600 / dpi)) : 1;
  Canvas canvas(medium, form.width, form.height, dpi * finer, form.title);
  draw_blank(canvas, form);
  return format == PrintFormat::png ? png(reduced(canvas.raster(), finer)) : canvas.document();
}

}  // namespace workshop
