// How one writer puts ink on paper: a machine exactly, a hand never twice the same.
#pragma once

#include <string>

#include "models/workshop/canvas.hpp"
#include "models/workshop/dice.hpp"
#include "models/workshop/stock.hpp"

namespace workshop {

struct Writing {
  Face face;
  bool hand = false;
  double ink = 1;      // of pen or printer
  int tick_style = 0;  // 0 cross, 1 check mark, 2 scribbled full
};

Writing writing_of(const Stock& stock, bool hand, Dice& dice);

// The text as this writer's signs put it: a hand (and a face made for Japanese) has the plain apostrophe.
std::string as_written(const Writing& writing, std::string text);

// A line from `start` on its baseline; `size` in mm before the face's scale.
void write_line(Canvas& canvas, const Writing& writing, const Point& start, const std::string& text,
                double size, Dice& dice);
// One character in the middle of a cell.
void write_cell(Canvas& canvas, const Writing& writing, const Rect& cell, const std::string& letter,
                Dice& dice);
void tick(Canvas& canvas, const Writing& writing, const Rect& box, Dice& dice);
void sign(Canvas& canvas, const Rect& where, Dice& dice);
// The mail room's date stamp.
void stamp(Canvas& canvas, const Rect& where, const std::string& date, Dice& dice);

}  // namespace workshop
