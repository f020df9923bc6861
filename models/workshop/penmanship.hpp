// How one writer puts ink on paper: a machine exactly, a hand never twice the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/workshop/canvas.hpp"
#include "models/workshop/dice.hpp"
#include "models/workshop/stock.hpp"

namespace workshop {

enum class Manner { typed, typewriter, dot, hand };
std::string_view id(Manner manner);  // "typed", ...
std::optional<Manner> manner_of(std::string_view id);

enum class Tool {
  laser,
  inkjet,
  ribbon,
  needles,
  ballpoint_black,
  ballpoint_blue,
  felt,
  pencil,
  failing_pen
};

struct Writing {
  Face face;      // of running text
  Face capitals;  // of cells: many who write joined letters print there
  bool hand = false;
  Manner manner = Manner::typed;
  Tool tool = Tool::laser;
  double ink = 1;           // of pen or printer
  double swell = 0;         // mm by which the pen is broader than the face
  double slant = 0;         // of the hand, beyond the face's own
  double wide = 1;          // how far the hand stretches
  double slope = 0;         // of its lines: 0.01 = a hundredth downwards
  double carelessness = 0;  // 0..1: letters beside their cells, bobbing lines, words crossed out
};

// `difficulty` 0..1: at 0 a neat hand with a good pen, a good printer, and no other manner.
struct WritingOrder {
  Manner manner = Manner::typed;
  Faces faces = Faces::any;
  double difficulty = 0;
};
Writing writing_of(const Stock& stock, const WritingOrder& order, Dice& dice);

// The text as this writer's signs put it: a hand has the plain apostrophe, and what a face has no sign for
// is put otherwise.
std::string as_written(const Writing& writing, std::string text);

// Words that the writer wrote and crossed out again, each marked with `crossed_out`, put among the words of
// `text`, which stay what they were.
std::string with_slips(const Writing& writing, const std::string& text, Dice& dice);

Lettering lettering_of(const Writing& writing, double size);

// A line from `start` on its baseline; `size` in mm before the face's scale. Words marked as crossed out are.
void write_line(Canvas& canvas, const Writing& writing, const Point& start, const std::string& text,
                double size, Dice& dice);
// One character in the middle of a cell, or beside it.
void write_cell(Canvas& canvas, const Writing& writing, const Rect& cell, const std::string& letter,
                Dice& dice);
void sign(Canvas& canvas, const Rect& where, Dice& dice);

}  // namespace workshop
