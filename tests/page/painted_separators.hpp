// Separator sheets, forms' pages and labels painted, scanned and seen again: for tests and for the bench.
#pragma once

#include <string>

#include "models/workshop/code_128.hpp"
#include "models/workshop/dice.hpp"
#include "models/workshop/qr.hpp"
#include "models/workshop/scanner.hpp"
#include "models/workshop/separator_sheet.hpp"
#include "page/resolution.hpp"
#include "page/separator.hpp"

namespace painted {

inline page::Separator batch_header() {
  return {page::SeparatorType::batch, letter::PostBox::tsa_20202, "0007", letter::parse_day("2026-11-23"),
          40};
}

inline workshop::Raster separator_page(const page::Separator& separator, double dpi) {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, dpi);
  workshop::draw_separator(canvas, separator);
  return canvas.raster();
}

// Any sheet that can be, drawn by chance.
inline page::Separator any_separator(workshop::Dice& dice) {
  page::Separator out;
  out.type = static_cast<page::SeparatorType>(dice.below(3));
  out.box = static_cast<letter::PostBox>(dice.below(4));
  for (int i = 0; i < 5; ++i) out.seq += static_cast<char>('0' + dice.below(10));
  if (out.type == page::SeparatorType::batch) {
    out.arrived_on = letter::parse_day("2026-0" + std::to_string(dice.between(1, 9)) + "-17");
    out.expected = static_cast<std::uint32_t>(dice.between(1, 300));
  }
  return out;
}

// The front of an envelope: an address, a stamp's frame, and a label with this number.
inline workshop::Raster envelope_page(const std::string& number, double dpi, double module_mm = 0.33) {
  workshop::Canvas canvas(workshop::Medium::pixels, 210, 297, dpi);
  int modules = 0;
  for (const int width : workshop::code_128(number)) modules += width;
  workshop::draw_code_128(canvas, {30, 40, modules * module_mm, 13}, number);
  canvas.write({30, 57}, number, {"DejaVu Sans", 3.5});
  canvas.write({30, 34}, "RECOMMANDÉ AVEC AVIS DE RÉCEPTION", {"DejaVu Sans", 4, true});
  canvas.outline({165, 20, 25, 30}, {0.4, 1});
  double y = 100;
  for (const char* line : {"KLESIA", "Service réclamations", "TSA 20202", "69307 LYON CEDEX 07"})
    canvas.write({100, y += 8}, line, {"DejaVu Sans", 4.5});
  return canvas.raster();
}

// As the reader gets it from a file.
inline page::Raster scan_of(const workshop::Raster& clean, const workshop::Faults& faults,
                            workshop::Dice& dice) {
  const workshop::Raster scan = workshop::scanned(clean, faults, dice).raster;
  page::Flat flat{cv::Mat(scan.height, scan.width, CV_8U), faults.threshold > 0, scan.dpi,
                  scan.rows_dpi > 0 ? scan.rows_dpi : scan.dpi};
  std::copy(scan.grey.begin(), scan.grey.end(), flat.grey.begin<uchar>());
  return page::settle_resolution(flat);
}

}  // namespace painted
