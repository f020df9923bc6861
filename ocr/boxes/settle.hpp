// From what the cells may say to what the field says: every reading is weighed by what the net makes of its
// strokes and by what the house knows of such values (keys, calendar, lists).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "letter/reading.hpp"
#include "ocr/boxes/choices.hpp"
#include "ocr/boxes/lexicon.hpp"
#include "ocr/boxes/towns.hpp"
#include "ocr/form/form.hpp"

namespace ocr {

struct Settled {
  std::string text;
  // Raw score 0..1: the reading's share of all that the cells may say, after knowledge; smaller where a cell
  // looks like no letter at all.
  double score = 0;
  bool repaired = false;  // differs from what the strokes alone said
  std::string vouched;  // as long as the text, or empty: its letters where a list knows the word, else spaces
  // Words of three letters or more that no list knows, and a town that lacks a hyphen; those of them that are
  // a letter away from one that a list knows, and gaps in a given name, where a hyphen may have been.
  int unlisted = 0, near_listed = 0;
  std::vector<letter::Reason> notes;
};

// The cells up to the last one with ink. `latest`: no date is later (the day the letter came).
Settled settle(const Element& comb, const std::vector<CellChoices>& cells,
               const std::optional<letter::Day>& latest);

// A postcode and its town, read together: the town must be one of the postcode's, or both stand alone. A
// postcode in no list may be a CEDEX: a note, no more. Either may be empty.
struct Place {
  Settled code, town;
};
struct PlaceCells {
  const Element* code = nullptr;
  const Element* town = nullptr;
  std::vector<CellChoices> code_cells, town_cells;
};
Place settle_place(const PlaceCells& place, const Towns& towns);

// A town alone; `likely`: the one that it may well be (where the writer lives), or empty.
Settled settle_town(const std::vector<CellChoices>& cells, const std::string& likely, const Towns& towns);

// Names and words, parted by empty cells, hyphens and apostrophes: each is weighed by itself against the
// lexicon and against what stands in most addresses and names of companies (RUE, DE LA, SARL). A listed word
// that the strokes nearly say is it; the others are left to their strokes.
enum class Wording { street, company, given_name, family_name };
Settled settle_words(const std::vector<CellChoices>& cells, Wording wording, const Lexicon& lexicon);

// A number whose house says how such numbers are built (Element::pattern): figures where they belong, as the
// likeliest pattern of that length has them. One that fits none is left to its strokes.
Settled settle_number(const Element& comb, const std::vector<CellChoices>& cells);
// Whether a text is built as one of the comb's patterns.
bool fits_pattern(const Element& comb, std::string_view text);

// An e-mail address, read already, held against the names on the form and the usual domains: where its cells
// say nearly such a word, it is that word.
Settled settle_email(const Settled& read, const std::vector<CellChoices>& cells,
                     const std::vector<std::string>& names);

// The capitals of a text alone: a name as an address spells it. With fewer than so many it stands in one by
// chance.
std::string letters_of(const std::string& text);
inline constexpr std::size_t least_name_letters = 4;

// 0..1: the cell that looks least like a letter.
double looks(const std::vector<CellChoices>& cells);

}  // namespace ocr
