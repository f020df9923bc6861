#include "ocr/form/portrait.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/form/geometry.hpp"
#include "page/decode.hpp"

namespace ocr {
namespace {

constexpr double mm_an_inch = 25.4;
constexpr double mark_mm = 9;                   // of a landmark made of lines
constexpr double word_mm = 14, glyph_em = 0.6;  // of a landmark made of letters; width of a letter
constexpr int most_words = 3;                   // of one line of print
// Prints that fill the sheet, and those that were fitted to a printer's margins.
constexpr double least_stretch = 0.93, most_stretch = 1.04, stretch_step = 0.01;
constexpr double leeway_mm = 90;  // of the canvas beyond the form

std::size_t letters(const std::string& utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// A line of print from the left end of its baseline.
void add_words(std::vector<Landmark>& out, cv::Point2d start, double size, const std::string& text) {
  const double width = glyph_em * size * static_cast<double>(letters(text));
  if (width < 4) return;
  const int count = std::clamp(static_cast<int>(width / word_mm), 1, most_words);
  const double step = width / count, each = std::min(step, word_mm);
  for (int i = 0; i < count; ++i)
    out.push_back({{start.x + (i + 0.5) * step, start.y - 0.35 * size}, {each, 1.7 * size}, true});
}

std::vector<Landmark> marks_and_words(const Form& form, bool words) {
  std::vector<Landmark> out;
  for (const cv::Point2d& mm : landmarks_of(form)) out.push_back({mm, {mark_mm, mark_mm}, false});
  if (!words) return out;
  for (const Caption& caption : form.captions)
    add_words(out, {caption.x, caption.y}, caption.size, caption.text);
  for (const Element& e : form.elements) {
    if (e.kind == ElementKind::tick)
      add_words(out, {e.x + e.w + 1.2, e.y + 3.2}, 2.7, e.label);
    else if (e.kind == ElementKind::comb)
      add_words(out, {e.x, e.y - 0.6}, 2.5, e.label);
    else if (e.kind != ElementKind::text_lines)
      add_words(out, {e.x + 1, e.y - 0.8}, 2.5, e.label);
  }
  return out;
}

cv::Size pixels(const Form& form, double px_mm) {
  return {static_cast<int>(std::lround(form.width * px_mm)),
          static_cast<int>(std::lround(form.height * px_mm))};
}

page::Raster printed(const Form& form, const std::string& png) {
  if (!png.empty()) {
    const auto sheet = page::decode(png, 0);
    if (sheet && std::abs(sheet->raster.grey.cols * mm_an_inch / sheet->raster.dpi - form.width) < 1 &&
        std::abs(sheet->raster.grey.rows * mm_an_inch / sheet->raster.dpi - form.height) < 1)
      return sheet->raster;
  }
  const double k = fine_px_mm;
  cv::Mat lines;
  drawn(strokes_of(form), cv::Matx23d(k, 0, -0.5, 0, k, -0.5), pixels(form, k))
      .convertTo(lines, CV_8U, -255, 255);
  return {lines, k * mm_an_inch, false};
}

// The form's darkness with `px_mm` exactly, whatever the picture has.
cv::Mat at_scale(const page::Raster& picture, const Form& form, double px_mm) {
  const double to_picture = picture.dpi / mm_an_inch / px_mm;
  page::Raster scaled{{}, px_mm * mm_an_inch, false};
  // Reduced at once where it shrinks, so that thin lines keep their weight.
  if (to_picture > 1.5)
    cv::resize(picture.grey, scaled.grey, pixels(form, px_mm), 0, 0, cv::INTER_AREA);
  else
    cv::warpAffine(picture.grey, scaled.grey,
                   cv::Matx23d(to_picture, 0, 0.5 * to_picture - 0.5, 0, to_picture, 0.5 * to_picture - 0.5),
                   pixels(form, px_mm), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  return darkness_of(scaled, px_mm).map;
}

}  // namespace

Darkness darkness_of(const page::Raster& page, double px_mm) {
  Darkness out;
  const page::Raster small = page::reduced(page, px_mm * mm_an_inch);
  out.scale = small.dpi / page.dpi, out.px_mm = small.dpi / mm_an_inch;
  cv::Mat mean;
  const int window = static_cast<int>(4 * out.px_mm) | 1;
  cv::blur(small.grey, mean, cv::Size(window, window), cv::Point(-1, -1), cv::BORDER_REPLICATE);
  cv::subtract(mean, small.grey, out.map);  // saturates at 0
  cv::min(out.map, 80, out.map);
  out.map *= 3;
  return out;
}

Darkness coarser(const Darkness& fine, double px_mm) {
  Darkness out;
  const page::Raster small = page::reduced({fine.map, fine.px_mm * mm_an_inch, false}, px_mm * mm_an_inch);
  out.px_mm = small.dpi / mm_an_inch, out.scale = fine.scale * out.px_mm / fine.px_mm;
  out.map = small.grey;
  return out;
}

cv::Mat spectrum_of(const cv::Mat& canvas) {
  cv::Mat level, out;
  canvas.convertTo(level, CV_32F);
  level -= cv::mean(level);
  const double length = cv::norm(level);
  if (length > 0) level /= length;
  cv::dft(level, out);
  return out;
}

Portrait portrait_of(const Form& form, const std::string& png) {
  Portrait out;
  const page::Raster picture = printed(form, png);
  out.fine = at_scale(picture, form, fine_px_mm);
  out.rough = at_scale(picture, form, rough_px_mm);
  out.landmarks = marks_and_words(form, !png.empty());
  out.canvas = {cv::getOptimalDFTSize(static_cast<int>(form.width * coarse_px_mm + leeway_mm)),
                cv::getOptimalDFTSize(static_cast<int>(form.height * coarse_px_mm + leeway_mm))};
  cv::Mat soft;
  cv::GaussianBlur(out.rough, soft, cv::Size(), rough_px_mm / 2, rough_px_mm / 2);
  const double from_x = (out.canvas.width - 1) / 2.0, from_y = (out.canvas.height - 1) / 2.0;
  const double to_x = (soft.cols - 1) / 2.0, to_y = (soft.rows - 1) / 2.0;
  for (double stretch = least_stretch; stretch < most_stretch + 1e-9; stretch += stretch_step) {
    const double k = rough_px_mm / coarse_px_mm / stretch;
    cv::Mat canvas;
    cv::warpAffine(soft, canvas, cv::Matx23d(k, 0, to_x - k * from_x, 0, k, to_y - k * from_y), out.canvas,
                   cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar(0));
    out.silhouettes.push_back({stretch, spectrum_of(canvas)});
  }
  return out;
}

}  // namespace ocr
