// Confidence that means what it says: from what a reader says of itself (its raw score, 0..1) to how often
// such readings are right, and from there to a verdict. Readers leave their raw score in Field::confidence
// and no verdict that counts: `ocr::read` judges every field here, once, when a letter has been read.
// The table is fitted by `vaguemestre train confidence` (ocr/check/confidence_fit.hpp) and lies in
// models/reading/confidence.toml.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "letter/reading.hpp"
#include "ocr/form/form.hpp"

namespace ocr {

// How often readings of one kind are right, by their raw score: straight between knots, level beyond them,
// never falling.
struct TrustCurve {
  std::vector<double> raw, right;  // as many; raw rising
  std::size_t n = 0;               // fields it was fitted on
  double at(double score) const;
  bool operator==(const TrustCurve&) const = default;
};

struct TrustTable {
  std::map<std::string, TrustCurve> curves;  // by trust_kinds()
  // The calibrated confidence from which a field needs no person, by trust_group(); over 1: never, there is
  // not enough proof.
  std::map<std::string, double> bars;
  bool operator==(const TrustTable&) const = default;
};

// What a field is, from the most to the least special: {"letter NIR/hand+ok", "letter NIR/hand", "letter
// hand"}. A curve of the first that the table knows is taken. `element`: of the form, null for a free
// letter's field. Marks: +ok, +bad (its check), +repaired, +listed (found in a list: towns, members; a note
// whose code begins with field.listed or field.member says so). A filled comb has none: {"comb/hand",
// "hand"}.
std::vector<std::string> trust_kinds(const letter::Field& field, const Element* element);

// The same of a line of text, whose confidence is the share of its letters that are right: {"line/hand"}.
std::vector<std::string> trust_kinds(const letter::Line& line);
// A text is not right or wrong: a box of lines is accepted from this share of right letters.
inline constexpr double text_bar = 0.98;

// Who is accepted together: "typed", "hand", "tick", "barcode", "empty" (a comb in which nothing is written),
// "letter typed", "letter hand" (fields of a free letter), "text" (a box of lines).
std::string trust_group(const letter::Field& field, const Element* element);

// Replaces the raw score by the calibrated one and sets the verdict. Without a curve the score stays as it
// is, without a bar 0.90 is it. What was not read stays unread.
void judge(letter::Field& field, const Element* element, const TrustTable& table);

// Every field and line of a letter. `forms`: those the reader knows.
void judge(letter::ReadLetter& read, const std::vector<Form>& forms, const TrustTable& table);
// What a field of that letter stands for on its form; null for a free letter.
const Element* element_of(const letter::ReadLetter& read, const std::string& field_id,
                          const std::vector<Form>& forms);

// Faults: toml.*, confidence.table (a key that is no table of this kind, or a checksum that is not that of
// the file). No file: an empty table.
letter::Result<TrustTable> load_trust(const std::filesystem::path& models_dir);
letter::Result<TrustTable> parse_trust(const std::string& toml);
// As a file: `remarks` go before it as comment lines.
std::string text(const TrustTable& table, const std::vector<std::string>& remarks);

}  // namespace ocr
