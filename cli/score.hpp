// How right one reading is, against its truth. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/truth.hpp"
#include "letter/sorted.hpp"
#include "ocr/form/form.hpp"

namespace cli {

// As they are compared: plain apostrophes and spaces, runs of space collapsed.
std::u32string plain(std::string_view utf8);
// The same, upper case without accents and nothing but letters and figures: "12, Rue de l'Été" ->
// "12RUEDELETE".
std::string bare(std::string_view utf8);

// Fewest insertions, deletions and replacements that turn one into the other.
std::size_t edits(const std::u32string& from, const std::u32string& to);
std::size_t edits(const std::vector<std::u32string>& from, const std::vector<std::u32string>& to);

// One laid against the other by the fewest edits, in order: (expected, found), 0 where one has no letter.
std::vector<std::pair<char32_t, char32_t>> laid(const std::u32string& expected, const std::u32string& found);

// One field whose truth is known.
struct FieldScore {
  std::string id;
  // "comb", "empty comb" (nothing is written), "tick", "signature", "letter" (of a free letter), "not there"
  // (a letter's field read where the letter has none), "date"
  std::string group;
  bool hand = false;     // as the truth says
  letter::Field field;   // as read; an id alone when nothing was
  std::string expected;  // as the truth says; a tick: its state's id
  bool right = false;
};

struct TextScore {
  std::size_t letters = 0, letters_wrong = 0;  // of the truth; edits
  std::size_t words = 0, words_wrong = 0;
  bool operator==(const TextScore&) const = default;
};

// Every field that truth and form know: combs, ticks and signature of a form; fields and date of a free
// letter. `forms`: those the reader knows.
std::vector<FieldScore> score_fields(const Truth& truth, const letter::ReadLetter& read,
                                     const std::vector<ocr::Form>& forms);

// Of each line of own words, in order, how many of its letters are right: the whole text is laid against
// the truth, and each edit falls to the line it stands in.
struct LineScore {
  const letter::Line* line = nullptr;
  double right = 0;  // share of its letters, 0..1
};
std::vector<LineScore> score_lines(std::string_view expected, const std::vector<letter::Line>& lines);

TextScore score_text(std::string_view expected, std::string_view found);

}  // namespace cli
