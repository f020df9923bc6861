// What is seen of a page before it is read: pixels, resolution, skew, which way is up, which form.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/form/align.hpp"
#include "ocr/hand/hand.hpp"
#include "ocr/lines/print.hpp"

namespace ocr {

struct Sight {
  page::Raster raster;         // empty when the page could not be decoded
  const Form* form = nullptr;  // of the forms given; null = none of them
  Registration where;          // of `form`
  bool turn_known = false;     // facts.turn_deg is more than a default
};

// Fills dpi, skew, turn, blank, damaged and notes of `facts`. Never fails: a page that nobody can decode
// is damaged, and a note says why. `pages_of_master`: how many the master turned out to have.
struct Master {
  const std::string& bytes;
  std::uint64_t decoded_bytes = page::FileLimits{}.decoded_bytes;  // of a page, at most
};
Sight see_page(letter::Page& facts, const Master& master, const std::vector<Form>& forms,
               std::uint32_t& pages_of_master);

// Who is asked which way a page is up.
struct TurnReaders {
  const Hand& hand;
  Print& print;
};

// For a free page whose letters do not tell which way is up: its longest lines are read both ways, and the
// way that reads clearly better wins. The reader of hands is asked first, for it is fast and reads most print
// too; where it leaves a doubt, print's reader has a say. When neither can tell, the page lies as the
// letter's other pages do (`usual`) or as it came, sight.turn_known stays false, and the note
// page.turn_unknown says so. Sets facts.turn_deg.
void settle_turn(letter::Page& facts, Sight& sight, const TurnReaders& readers, std::optional<int> usual);

}  // namespace ocr
