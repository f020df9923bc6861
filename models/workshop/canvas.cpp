#include "models/workshop/canvas.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>

#include "letter/result.hpp"

namespace workshop {
namespace {

constexpr double points_per_mm = 72.0 / 25.4;

cairo_status_t append(void* bytes, const unsigned char* chunk, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(chunk), length);
  return CAIRO_STATUS_SUCCESS;
}

struct Freer {
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoContext* p) const { g_object_unref(p); }
  void operator()(PangoFont* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
};

}  // namespace

struct Canvas::Impl {
  std::string bytes;  // outlives the surface that writes into it
  std::unique_ptr<cairo_surface_t, Freer> surface;
  std::unique_ptr<cairo_t, Freer> cairo;
  std::unique_ptr<PangoLayout, Freer> layout;
  double dpi = 0;
  bool vector = false;
};

Canvas::Canvas(Medium medium, double width_mm, double height_mm, double dpi, const std::string& title)
    : impl_(std::make_unique<Impl>()) {
  const double w = width_mm * points_per_mm, h = height_mm * points_per_mm;
  impl_->dpi = dpi;
  impl_->vector = medium != Medium::pixels;
  double scale = points_per_mm;
  if (medium == Medium::pdf) {
    impl_->surface.reset(cairo_pdf_surface_create_for_stream(append, &impl_->bytes, w, h));
    cairo_pdf_surface_set_metadata(impl_->surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    // Without a date cairo writes the time of day, and the same form would give other bytes each time.
    cairo_pdf_surface_set_metadata(impl_->surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                   "2000-01-01T00:00:00Z");
  } else if (medium == Medium::svg) {
    impl_->surface.reset(cairo_svg_surface_create_for_stream(append, &impl_->bytes, w, h));
  } else {
    scale = dpi / 25.4;
    // Alpha only: how much ink there is.
    impl_->surface.reset(cairo_image_surface_create(CAIRO_FORMAT_A8,
                                                    static_cast<int>(std::lround(width_mm * scale)),
                                                    static_cast<int>(std::lround(height_mm * scale))));
  }
  impl_->cairo.reset(cairo_create(impl_->surface.get()));
  if (cairo_status(impl_->cairo.get()) != CAIRO_STATUS_SUCCESS)
    throw letter::BrokenWorld(std::string("cairo: ") +
                              cairo_status_to_string(cairo_status(impl_->cairo.get())));
  cairo_t* cr = impl_->cairo.get();
  cairo_scale(cr, scale, scale);
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_MITER);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  impl_->layout.reset(pango_cairo_create_layout(cr));
  PangoContext* context = pango_layout_get_context(impl_->layout.get());
  pango_cairo_context_set_font_options(context, options);
  pango_context_set_round_glyph_positions(context, FALSE);  // a user unit is a whole millimetre
  cairo_font_options_destroy(options);
  if (impl_->vector) fill({0, 0, width_mm, height_mm}, 0);
}

Canvas::~Canvas() = default;

static void set_ink(cairo_t* cr, double ink, bool vector) {
  if (vector)
    cairo_set_source_rgb(cr, 1 - ink, 1 - ink, 1 - ink);
  else
    cairo_set_source_rgba(cr, 0, 0, 0, ink);
}

void Canvas::outline(const Rect& rect, const Pen& pen) { outline(std::vector<Rect>{rect}, pen); }

void Canvas::outline(const std::vector<Rect>& rects, const Pen& pen) {
  cairo_t* cr = impl_->cairo.get();
  set_ink(cr, pen.ink, impl_->vector);
  cairo_set_line_width(cr, pen.width);
  // Cairo strokes rectangles one by one; grey over grey would make their common edges darker.
  if (!impl_->vector) cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
  for (const Rect& rect : rects) cairo_rectangle(cr, rect.x, rect.y, rect.w, rect.h);
  cairo_stroke(cr);
  cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
}

void Canvas::fill(const Rect& rect, double ink) {
  cairo_t* cr = impl_->cairo.get();
  set_ink(cr, ink, impl_->vector);
  cairo_rectangle(cr, rect.x, rect.y, rect.w, rect.h);
  cairo_fill(cr);
}

void Canvas::stroke(const std::vector<Point>& points, const Pen& pen) {
  cairo_t* cr = impl_->cairo.get();
  set_ink(cr, pen.ink, impl_->vector);
  cairo_set_line_width(cr, pen.width);
  for (const Point& p : points) cairo_line_to(cr, p.x, p.y);
  cairo_stroke(cr);
}

void Canvas::curve(const std::vector<Point>& points, const Pen& pen) {
  if (points.size() < 2) return;
  cairo_t* cr = impl_->cairo.get();
  set_ink(cr, pen.ink, impl_->vector);
  cairo_set_line_width(cr, pen.width);
  cairo_save(cr);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to(cr, points[0].x, points[0].y);
  // Catmull-Rom: the tangent at a point is half the way from its forerunner to its follower.
  const auto at = [&](std::ptrdiff_t i) {
    return points[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, std::ssize(points) - 1))];
  };
  for (std::ptrdiff_t i = 0; i + 1 < std::ssize(points); ++i) {
    const Point a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
    cairo_curve_to(cr, b.x + (c.x - a.x) / 6, b.y + (c.y - a.y) / 6, c.x - (d.x - b.x) / 6,
                   c.y - (d.y - b.y) / 6, c.x, c.y);
  }
  cairo_stroke(cr);
  cairo_restore(cr);
}

void Canvas::dots(const std::vector<Point>& middles, double diameter, double ink) {
  cairo_t* cr = impl_->cairo.get();
  set_ink(cr, ink, impl_->vector);
  for (const Point& p : middles) {
    cairo_new_sub_path(cr);
    cairo_arc(cr, p.x, p.y, diameter / 2, 0, 2 * std::numbers::pi);
  }
  cairo_fill(cr);
}

static void set_text(PangoLayout* layout, const std::string& marked, const Lettering& lettering) {
  const std::string_view text = std::string_view(marked).substr(marked.starts_with(crossed_out) ? 1 : 0);
  const std::unique_ptr<PangoFontDescription, Freer> font(pango_font_description_new());
  pango_font_description_set_family(font.get(), lettering.family.c_str());
  pango_font_description_set_weight(font.get(), lettering.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font.get(), lettering.size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
}

double Canvas::width(const std::string& text, const Lettering& lettering) {
  set_text(impl_->layout.get(), text, lettering);
  int w = 0;
  pango_layout_get_size(impl_->layout.get(), &w, nullptr);
  return lettering.wide * w / PANGO_SCALE;
}

double Canvas::write(const Point& start, const std::string& text, const Lettering& lettering) {
  cairo_t* cr = impl_->cairo.get();
  const double advance = width(text, lettering);
  set_ink(cr, lettering.ink, impl_->vector);
  cairo_save(cr);
  cairo_translate(cr, start.x, start.y);
  if (lettering.tilt_deg != 0) cairo_rotate(cr, lettering.tilt_deg * std::numbers::pi / 180);
  const cairo_matrix_t lean{lettering.wide, 0, -lettering.slant, 1, 0, 0};
  cairo_transform(cr, &lean);
  cairo_move_to(cr, 0, 0);
  PangoLayoutLine* line = pango_layout_get_line_readonly(impl_->layout.get(), 0);
  if (lettering.swell > 0) {
    pango_cairo_layout_line_path(cr, line);
    cairo_set_line_width(cr, lettering.swell);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_fill_preserve(cr);
    cairo_stroke(cr);
  } else {
    pango_cairo_show_layout_line(cr, line);
  }
  cairo_restore(cr);
  cairo_new_path(cr);
  return advance;
}

std::string Canvas::document() {
  ENSURE(impl_->vector);
  cairo_show_page(impl_->cairo.get());
  cairo_surface_finish(impl_->surface.get());
  if (cairo_surface_status(impl_->surface.get()) != CAIRO_STATUS_SUCCESS)
    throw letter::BrokenWorld("cairo could not finish a document");
  // Cairo counts the surfaces of the whole process in an svg: the same drawing must give the same bytes.
  constexpr std::string_view counted = "id=\"surface";
  std::string& bytes = impl_->bytes;
  if (const auto at = bytes.find(counted); at != std::string::npos) {
    const auto number = at + counted.size();
    bytes.erase(number, bytes.find('"', number) - number);
  }
  return std::move(bytes);
}

Raster Canvas::raster() {
  ENSURE(!impl_->vector);
  cairo_surface_t* surface = impl_->surface.get();
  cairo_surface_flush(surface);
  Raster page;
  page.width = cairo_image_surface_get_width(surface);
  page.height = cairo_image_surface_get_height(surface);
  page.dpi = impl_->dpi;
  page.grey.resize(static_cast<std::size_t>(page.width) * static_cast<std::size_t>(page.height));
  const unsigned char* row = cairo_image_surface_get_data(surface);
  std::uint8_t* out = page.grey.data();
  for (int y = 0; y < page.height; ++y, row += cairo_image_surface_get_stride(surface))
    for (int x = 0; x < page.width; ++x) *out++ = static_cast<std::uint8_t>(255 - row[x]);
  return page;
}

void Canvas::next_page() { cairo_show_page(impl_->cairo.get()); }

Raster reduced(const Raster& page, int by) {
  Raster out{page.width / by, page.height / by, page.dpi / by, {}};
  out.grey.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      int sum = by * by / 2;
      for (int i = 0; i < by; ++i) {
        const std::uint8_t* row =
            page.grey.data() + static_cast<std::ptrdiff_t>(y * by + i) * page.width + x * by;
        for (int j = 0; j < by; ++j) sum += row[j];
      }
      out.grey.push_back(static_cast<std::uint8_t>(sum / (by * by)));
    }
  }
  return out;
}

bool Canvas::has_face(const std::string& family) {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  bool found = false;
  for (int i = 0; i < count; ++i) found = found || family == pango_font_family_get_name(families[i]);
  g_free(families);
  return found;
}

bool Canvas::covers(const std::string& family, const std::string& text) {
  PangoFontMap* map = pango_cairo_font_map_get_default();
  const std::unique_ptr<PangoContext, Freer> context(pango_font_map_create_context(map));
  const std::unique_ptr<PangoFontDescription, Freer> wanted(pango_font_description_new());
  pango_font_description_set_family(wanted.get(), family.c_str());
  pango_font_description_set_absolute_size(wanted.get(), 40 * PANGO_SCALE);
  const std::unique_ptr<PangoFont, Freer> font(pango_font_map_load_font(map, context.get(), wanted.get()));
  if (!font) return false;
  for (const char* c = text.c_str(); *c; c = g_utf8_next_char(c))
    if (!pango_font_has_char(font.get(), g_utf8_get_char(c))) return false;
  return true;
}

std::vector<std::string> wrapped(Canvas& canvas, const std::string& text, const Lettering& lettering,
                                 double width) {
  std::vector<std::string> lines;
  std::istringstream paragraphs(text);
  const double space = canvas.width("n n", lettering) - canvas.width("nn", lettering);
  for (std::string paragraph; std::getline(paragraphs, paragraph);) {
    std::istringstream words(paragraph);
    std::string line;
    double used = 0;
    for (std::string word; words >> word;) {
      const double wide = canvas.width(word, lettering);
      if (!line.empty() && used + space + wide > width) {
        lines.push_back(line);
        line.clear();
        used = 0;
      }
      used += (line.empty() ? 0 : space) + wide;
      line += (line.empty() ? "" : " ") + word;
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace workshop
