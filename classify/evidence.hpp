// What speaks for a queue beside the plain words: the form's ticks, the post box, who fills which
// field, and the phrases of the rules. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "classify/rules.hpp"
#include "letter/sorted.hpp"

namespace classify {

// One piece of evidence: as shown, and what it adds to the scores.
struct Signal {
  letter::Evidence shown;
  Scores adds{};
};

// The form's object ticks, as queues; each once, in the form's order.
std::vector<letter::Queue> object_ticks(const letter::ReadLetter& read);
// True when that tick box holds a mark that was not corrected.
bool is_ticked(const letter::ReadLetter& read, std::string_view field_id);

// Ticks and post box. Two object ticks say nothing: which came first is unknown.
std::vector<Signal> form_signals(const letter::ReadLetter& read, const Rules& rules);
// Every rule with a phrase in the text.
std::vector<Signal> rule_signals(const Words& words, const Rules& rules);

// Everything that the words say by rules: rule, mediation, complaint and pronoun signals together.
std::vector<Signal> spoken_signals(const Words& words, const Rules& rules);
// Everything that the form and the post box say: form and role signals together.
std::vector<Signal> marked_signals(const letter::ReadLetter& read, const Rules& rules);

// Where `folded_words` stand on the page: the line that holds them all, else the first line that
// holds the longest of them; nullopt when none does.
struct Place {
  std::uint32_t page = 0;
  letter::Box box;
};
class Places {
 public:
  explicit Places(const letter::ReadLetter& read);
  std::optional<Place> of(const std::string& folded_words) const;

 private:
  struct FoldedLine {
    std::string text;  // " WORD WORD "
    Place place;
  };
  std::vector<FoldedLine> lines_;
};

}  // namespace classify
