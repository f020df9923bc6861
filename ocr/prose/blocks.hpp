// The parts of a letter: who writes, to whom, from where and when, what about, with what enclosed. Pure: the
// lines of its free pages in, fields out.
#pragma once

#include <optional>
#include <vector>

#include "ocr/boxes/towns.hpp"
#include "ocr/prose/layout.hpp"

namespace ocr {

// Lines that belong together, by index, in reading order.
using Block = std::vector<std::size_t>;

struct Heads {
  Block sender, recipient;  // empty: not found
};
// The address blocks above the letter's own words; `own_words` must be marked. By where lines stand (one
// column, one gap) and by what addresses hold: a postcode with its town, the house's name and boxes.
Heads find_heads(const std::vector<FreeLine>& lines);

// What is known around a letter.
struct LetterContext {
  const Towns* towns = nullptr;             // null: no list of towns
  std::optional<letter::Day> arrived = {};  // on the day it came
};

// Fields EXPEDITEUR, DESTINATAIRE, BOITE, LIEU, DATE, OBJET, ADHERENT, CONTRAT, NIR, DOSSIER, TELEPHONE,
// COURRIEL, IBAN (masked), SIRET, PIECES_JOINTES: those that were found, each with the raw confidence of its
// lines (ocr/check/confidence.hpp) and its place. Lines of an address and enclosures are joined by line
// feeds; a date is "03/03/2026"; PIECES_JOINTES is a number where only their number is said.
std::vector<letter::Field> letter_fields(const std::vector<FreeLine>& lines,
                                         const LetterContext& context = {});

}  // namespace ocr
