// A sheet of paper in two layers, what is printed on it and what a writer put there, each with its own ink.
#pragma once

#include "models/workshop/penmanship.hpp"

namespace workshop {

enum class PaperKind { blank, ruled, squared };
std::string_view id(PaperKind paper);  // "blank", ...

struct Sheet {
  Sheet(double width_mm, double height_mm, double dpi)
      : width(width_mm),
        height(height_mm),
        print(Medium::pixels, width_mm, height_mm, dpi),
        ink(Medium::pixels, width_mm, height_mm, dpi) {}

  // Both layers in one; ends the drawing. The writer's ink is worn as its tool wears it.
  Raster finished(const Writing& writing, double difficulty, Dice& dice);

  double width, height;
  Canvas print;  // of the form or the paper's maker
  Canvas ink;    // of the writer
};

// Grey lines of a pad: rules `pitch` mm apart, the first at `top`, or squares of `pitch`.
void draw_rules(Canvas& canvas, PaperKind paper, double top, double pitch, Dice& dice);

// Grain of pencils, blots of ribbons, bands of printers; nothing at difficulty 0 but where the tool itself
// is uneven. `ink` is a layer: 255 = no ink.
void wear(Raster& ink, Tool tool, double difficulty, Dice& dice);

}  // namespace workshop
