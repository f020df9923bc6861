#include "post/sheet.hpp"

#include "models/workshop/canvas.hpp"

namespace post {

namespace {

using workshop::Canvas;
using workshop::Lettering;

// mm. The address lies where a French window envelope shows it (DL, window at the right).
constexpr double page_w = 210, page_h = 297, left = 22, top = 22, bottom = page_h - 22;
constexpr double width = page_w - 2 * left, address_x = 110, address_y = 52, first_body_y = 98;
constexpr double line_height = 5.2;

const Lettering letters{"Liberation Sans", 3.9};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

void write_block(Canvas& canvas, double x, double y, const std::string& text) {
  for (const std::string& line : lines_of(text)) {
    canvas.write({x, y}, line, letters);
    y += line_height;
  }
}

}  // namespace

std::string pdf(const Sheet& sheet, const std::string& title) {
  Canvas canvas(workshop::Medium::pdf, page_w, page_h, 300, title);
  write_block(canvas, left, top, sheet.letterhead);
  write_block(canvas, address_x, address_y, sheet.address.reveal());
  double y = first_body_y;
  for (const std::string& paragraph : lines_of(sheet.body.reveal())) {
    auto lines = workshop::wrapped(canvas, paragraph, letters, width);
    if (lines.empty()) lines.emplace_back();
    for (const std::string& line : lines) {
      if (y > bottom) {
        canvas.next_page();
        y = top;
      }
      canvas.write({left, y}, line, letters);
      y += line_height;
    }
  }
  return canvas.document();
}

}  // namespace post
