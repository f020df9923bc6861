// Free letters and continuation sheets: which lines are the writer's own words, and when they were
// written. Pure: lines in, lines out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "letter/reading.hpp"
#include "page/raster.hpp"

namespace ocr {

// A line of a free page, in reading order over all pages.
struct FreeLine {
  letter::Line line;
  letter::Box place;          // on the page made upright, in 0..1 of its width and height
  bool paragraph = false;     // starts one: further from the line above than its neighbours are
  bool continuation = false;  // stands on a sheet that goes on from a form
};

letter::Box place_on(cv::Size page, const cv::Rect& px);

// Sets `own_words`: from the greeting to the closing formula; neither letterhead, addresses, reference
// lines nor the signature. A letter without a greeting speaks from the line after its date or object.
void mark_own_words(std::vector<FreeLine>& lines);

// Whether the line takes leave ("Veuillez agréer ... salutations", "Cordialement").
bool takes_leave(const FreeLine& line);

// Own words, lines joined by spaces, paragraphs by line feeds.
std::string own_text(const std::vector<FreeLine>& lines);

// Two to five words of letters alone, none of them of an address or of the house that is written to.
bool could_be_a_name(const std::string& folded);

// The writer's name, the first line of the sender's block ("M. Bernard Philippe" gives "Bernard Philippe"),
// or where a letter begins with it; else "".
std::string sender_of(const std::vector<FreeLine>& lines);

// Whether the lines of a page that bears a registered letter's label can be the outside of an envelope: few
// and short, without a greeting or a closing. A letter printed under its own label is none.
bool could_be_envelope(const std::vector<FreeLine>& lines);

struct LetterDate {
  letter::Day day{};
  std::uint32_t page = 0;
  letter::Box box;
  bool mended = false;  // its year was read as one in which nobody wrote this letter
};
// The date of the letter itself: above the greeting ("Lyon, le 3 mars 2026" before any other), or after
// the closing; never one from its story. A year from which no letter comes on the day it `arrived` (two years
// before it, or after it) is the year in which the letter was two months under way at most, if there is one.
std::optional<LetterDate> date_of_letter(const std::vector<FreeLine>& lines,
                                         const std::optional<letter::Day>& arrived = {});

}  // namespace ocr
