// A sheet to draw on in millimetres: one drawing serves paper (PDF), screen (SVG) and pixels.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace workshop {

struct Point {
  double x = 0, y = 0;  // mm from the top-left corner
};

struct Rect {
  double x = 0, y = 0, w = 0, h = 0;  // mm
};

struct Pen {
  double width = 0.3;  // mm
  double ink = 1;      // 0 = white, 1 = black
};

struct Lettering {
  std::string family;
  double size = 2.7;  // mm, font size
  bool bold = false;
  double ink = 1;
  double tilt_deg = 0;  // clockwise, about the start of the baseline
  double slant = 0;     // 0.1: leans to the right by a tenth of its height
  double wide = 1;      // 1.1: a tenth wider
  double swell = 0;     // mm by which every stroke is broader
};

// A word that begins with this sign is crossed out; the sign itself is never drawn.
inline constexpr char crossed_out = '\x01';

// A page in pixels: 8-bit grey, 0 = black, rows from the top, no padding.
struct Raster {
  int width = 0, height = 0;
  double dpi = 0;
  std::vector<std::uint8_t> grey;
  double rows_dpi = 0;  // rows an inch where they differ from `dpi` (a fax); else 0
};

// Each pixel the mean of `by` x `by` of the page; what is left over at the right and bottom goes.
Raster reduced(const Raster& page, int by);

enum class Medium { pdf, svg, pixels };

class Canvas {
 public:
  // dpi counts for pixels only; title for pdf only. BrokenWorld when there is no memory for it.
  Canvas(Medium medium, double width_mm, double height_mm, double dpi = 300, const std::string& title = "");
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  void outline(const Rect& rect, const Pen& pen);  // the pen runs along the edges
  // Several at once: where their edges meet the ink is laid on once.
  void outline(const std::vector<Rect>& rects, const Pen& pen);
  void fill(const Rect& rect, double ink = 1);
  void stroke(const std::vector<Point>& points, const Pen& pen);  // straight from point to point
  void curve(const std::vector<Point>& points, const Pen& pen);   // smooth through all points
  void dots(const std::vector<Point>& middles, double diameter, double ink);
  // Text that starts at `start` on its baseline; the answer is its advance in mm.
  double write(const Point& start, const std::string& text, const Lettering& lettering);
  double width(const std::string& text, const Lettering& lettering);

  void next_page();        // of a pdf: what follows is drawn on a page of its own
  std::string document();  // the bytes of a pdf or svg; ends the drawing
  Raster raster();         // of a canvas of pixels; ends the drawing

  static bool has_face(const std::string& family);
  // Whether that face itself has every character of the UTF-8 text: nothing is borrowed from another face.
  static bool covers(const std::string& family, const std::string& text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// `text` in lines no wider than `width` mm; paragraphs (at '\n') stay apart. A word that is wider alone
// stands alone.
std::vector<std::string> wrapped(Canvas& canvas, const std::string& text, const Lettering& lettering,
                                 double width);

}  // namespace workshop
