// What pens do to tick boxes, and stamps to paper.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "models/workshop/penmanship.hpp"

namespace workshop {

// Everything that may be found at a tick box, and what a careful person says of it.
enum class Mark {
  none,       // blank
  cross,      // ticked, as the form asks for
  check,      // ticked
  scribble,   // ticked: a zigzag that fills much of the box
  slash,      // ticked: one stroke from corner to corner
  blob,       // ticked: a thick dot
  filled,     // ticked: blackened up to its frame
  leaving,    // ticked: a cross or check mark whose strokes end well outside
  faint,      // ticked: a cross or check mark in pale pencil
  beside,     // ticked: a cross that lies half beside the box
  passing,    // blank: a stroke that belongs elsewhere runs through or touches
  grazed,     // blank: letters or strokes near the box, on its frame at most
  struck,     // corrected: a tick crossed out again by lines across the box
  blackened,  // corrected: a tick under a thick scribble that goes far over the frame
  circled     // doubtful: nothing in it, a ring around it
};
inline constexpr std::array<Mark, 15> all_marks{Mark::none,   Mark::cross,     Mark::check,   Mark::scribble,
                                                Mark::slash,  Mark::blob,      Mark::filled,  Mark::leaving,
                                                Mark::faint,  Mark::beside,    Mark::passing, Mark::grazed,
                                                Mark::struck, Mark::blackened, Mark::circled};
std::string_view name_of(Mark mark);
// "blank", "ticked", "corrected" or "doubtful".
std::string_view state_of(Mark mark);

// How this writer ticks: neat at difficulty 0, all sorts at 1. Never what is not a plain tick.
Mark tick_mark_of(const Writing& writing, double difficulty, Dice& dice);

void make_mark(Canvas& canvas, const Writing& writing, const Rect& box, Mark mark, Dice& dice);

// The mail room's date stamp in the place kept for it.
void stamp(Canvas& canvas, const Rect& where, const std::string& date, Dice& dice);
// A frame or ring with the day the letter was received, set down anywhere at any angle, unevenly inked.
void stamp_anywhere(Canvas& canvas, const Point& middle, const std::string& date, Dice& dice);

}  // namespace workshop
