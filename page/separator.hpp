// What a sheet says to whoever cuts a batch into letters: a separator sheet (patch T on its edges and a
// QR code), the first page of a form, a registered letter's label. Rules: docs/decisions/0006-separators.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "letter/letter.hpp"
#include "letter/result.hpp"

namespace page {

struct Raster;

// doc: the next sheets are a letter. batch: the header of a batch, itself no letter's start but of its first.
// sealed: the next sheets are the outside of a closed envelope; nothing of it is read.
enum class SeparatorType { doc, batch, sealed };
std::string_view id(SeparatorType);  // "DOC" | "BATCH" | "SEALED"
std::optional<SeparatorType> parse_separator_type(std::string_view);

// The text of a separator's QR code: "KLS;t=BATCH;box=TSA20202;seq=0007;d=2026-11-23;n=40".
struct Separator {
  SeparatorType type = SeparatorType::doc;
  letter::PostBox box = letter::PostBox::none;
  std::string seq;                        // 1 to 12 of 0-9 A-Z; empty = none
  std::optional<letter::Day> arrived_on;  // batch only: the day the post brought it
  std::optional<std::uint32_t> expected;  // batch only: how many letters follow, 1..9999
  bool operator==(const Separator&) const = default;
};

// Total: any bytes give a Separator or a fault, and nothing is guessed. Keys in any order; `t` is a must;
// unknown keys are ignored, as are `d` and `n` where no batch begins. Faults: separator.not_ours (does not
// begin with "KLS;": some other code), separator.malformed (longer than 200 bytes, not key=value, a known key
// twice, no type), separator.type, .box, .seq, .date, .count (that value is none).
letter::Result<Separator> parse_separator(std::string_view payload);
std::string payload(const Separator& separator);  // its inverse

// The QR code of a form's page: "KLR;form=REC;v=1;p=1".
struct FormPage {
  std::string code;  // as in models/forms: 1 to 16 of 0-9 A-Z
  int version = 1;
  int page = 1;  // from 1
  bool operator==(const FormPage&) const = default;
};
// Total, as parse_separator. Faults: form.not_ours, form.malformed.
letter::Result<FormPage> parse_form_page(std::string_view payload);

// What was found on one page, in whichever of the four ways it was fed.
struct SheetMarks {
  std::uint32_t patch_edges = 0;       // on how many of its four edges a patch T stands, 0..4
  std::optional<Separator> separator;  // its QR, read and well formed
  bool broken_separator = false;       // a QR that begins as a separator's and is malformed
  std::optional<FormPage> form;        // a form's QR
  std::vector<std::string> lrar;       // registered-letter numbers, each once: "1A12345678901"
  bool operator==(const SheetMarks&) const = default;
};

// A registered letter's number: "1A" or "2C" and eleven digits. Its pattern only; it has no check digit known
// to us.
bool is_lrar(std::string_view text);

// Cut here, and the sheet itself is no page of a letter: the QR was read and patch T stands on two edges or
// more.
bool is_separator(const SheetMarks& marks);
// One of the two signs without the other. Nobody cuts here: the sheet stays where it is, the letter gets the
// note separator_doubtful() and goes to review.
bool is_doubtful_separator(const SheetMarks& marks);

// Notes for a letter; each has its row in docs/operating.md.
letter::Reason separator_doubtful();  // separator.doubtful
letter::Reason lrar_several();        // lrar.several
letter::Reason lrar_otherwise();      // lrar.otherwise: a label shows another number than was keyed

// Puts the page's number on the letter: the first stays; another one empties it and leaves the note
// lrar.several. A number that was keyed stays, with the note lrar.otherwise.
void take_lrar(letter::Letter& letter, const SheetMarks& marks);

// Looks at the whole page; never a fault. Call it where strangers' pixels may be looked at (a disposable
// child).
SheetMarks sheet_marks(const Raster& raster);
// Of a sheet that is known to be no separator and whose form is known: the labels stuck on it.
SheetMarks label_marks(const Raster& raster);

// For the way back from that child: one line without line feeds, and its inverse (fault separator.marks).
std::string text(const SheetMarks& marks);
letter::Result<SheetMarks> parse_sheet_marks(std::string_view text);

}  // namespace page
