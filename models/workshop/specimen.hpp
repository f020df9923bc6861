// Painted letters whose truth is known, with a scanner's faults: what tests and demonstrations read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "letter/letter.hpp"
#include "models/workshop/marks.hpp"
#include "models/workshop/paper.hpp"
#include "models/workshop/scanner.hpp"
#include "ocr/form/form.hpp"

namespace workshop {

struct PageTruth {
  double skew_deg = 0;  // positive = turned clockwise
  int turn_deg = 0;     // counter-clockwise turn that makes it upright: 0, 90, 180, 270
  bool operator==(const PageTruth&) const = default;
};

// What stands where on a free letter, as written there; empty = it is not there.
struct LetterParts {
  std::vector<std::string> sender, recipient;  // lines
  std::string box;                             // "TSA 20202"
  std::string place, date, object, member, contract, nir, file, phone, email, iban, siret;
  std::vector<std::string> enclosures;
  bool operator==(const LetterParts&) const = default;
};

// What is true of one specimen.
struct Truth {
  std::string file;
  std::string form;  // form id; empty = a free letter
  letter::Queue queue = letter::Queue::autre;
  std::optional<letter::Queue> secondary;
  bool is_complaint = true;
  bool hand = false;                         // written by hand (a handwriting face)
  std::map<std::string, std::string> boxes;  // comb id -> text as written; tick id -> "true"
  // Ticks that are not simply there or not there: "corrected" and "doubtful" (and then not in `boxes`),
  // "blank" (with a stroke that is none of its own), "ticked" (faintly).
  std::map<std::string, std::string> ticks;
  std::string text;         // the complainant's own words, without what was crossed out
  std::string letter_date;  // ISO, or empty
  bool is_signed = false;
  std::vector<std::string> faces;
  bool unseen = false;  // no face of it is ever in a training
  Manner manner = Manner::typed;
  std::string paper;  // "form", "blank", "ruled", "squared"
  double difficulty = 0;
  Texts texts = Texts::stock;
  std::optional<LetterParts> letter;  // of a free letter
  bool envelope = false;              // the first page is the outside of an envelope
  std::string postmark;               // its day, ISO; empty = none or not legible
  std::string registered;             // number of its registered-mail label, or empty
  std::string franking, deposit;      // days printed by a machine, on that label; ISO, or empty
  std::vector<PageTruth> pages;
  bool operator==(const Truth&) const = default;
};

struct Specimen {
  Truth truth;
  std::vector<Scan> scans;  // page by page: its pixels before any lossy file, and where its print lies
  std::string bytes;        // a whole scan: TIFF, PNG, JPEG or PDF
  std::string media_type;
};

enum class ScanFile { tiff_g4, tiff_lzw, tiff_grey, jpeg, png, png_bitonal, pdf_jpeg, pdf_g4 };

// Which specimen is wanted. What is left empty is drawn by chance from seed and index.
struct Order {
  std::uint64_t seed = 1;
  std::uint32_t index = 0;
  letter::Day arrived{};        // letters are dated within 15 days before it
  std::optional<bool> on_form;  // else a free letter
  std::optional<bool> hand;     // else by a machine, any of them: `manner` says which
  std::optional<Manner> manner;
  Faces faces = Faces::any;
  std::optional<Face> face;    // everything is written in it, instead of one of the stock's
  std::vector<Face> families;  // or in these, one index after another
  Texts texts = Texts::stock;
  // 0: neat, everything in its place, good pens; 1: all that people do to paper. Left empty: mostly mild;
  // 0 without `faults`.
  std::optional<double> difficulty;
  std::optional<PaperKind> paper;  // of free letters
  bool envelope = false;           // its outside comes first
  // What is found at the boxes of a form, by tick id, instead of what this writer would tick.
  std::optional<std::map<std::string, Mark>> marks;
  std::optional<letter::Queue> queue;
  std::optional<double> skew_deg;  // of every page
  std::optional<int> turn_deg;     // of every page
  std::optional<int> dpi;          // 72..600
  std::optional<ScanFile> file;    // an image of one page (jpeg, png) gives way to tiff when there are two
  bool faults = true;              // false: a clean page, straight and upright unless ordered otherwise
  bool mishaps = false;            // scanned with one of the ordinary mishaps, index by index
  std::optional<Faults> scan;      // of every page, instead of all that chance and the orders above would do
};

// Same order, same bytes. Nine indices in a row meet every queue once. Takes 0.1 to 0.6 s.
// BrokenWorld when the workshop's stock of texts or a face is missing.
Specimen paint(const ocr::Form& form, const Order& order);
Specimen paint(const ocr::Form& form, std::uint64_t seed, std::uint32_t index, letter::Day arrived);

// Faces beyond the stock's that fontconfig finds, a line each: family;scale, and for a dot printer ;needles
// (8 to 24 an em). Faults workshop.families (no such file, or a line that is none), workshop.face (not
// installed).
letter::Result<std::vector<Face>> load_families(const std::filesystem::path& file);

// Writes `count` scans like `order`, from index 0 on, each with NAME.truth.json, into dir (made if absent):
// specimen-0001.tif, specimen-0001.truth.json, ... A file gets its name when it is whole. The answer: the
// scans. specimen.unwritable names the folder.
letter::Result<std::vector<std::filesystem::path>> write_specimens(const std::filesystem::path& dir,
                                                                   std::uint32_t count, const ocr::Form& form,
                                                                   Order order);

// file, form (or null), queue, secondary (or null), is_complaint, hand, boxes {id: text, a tick: true},
// ticks {id: state} where one differs from plain, text, letter_date (or null), signature, faces, unseen,
// medium, paper, difficulty, texts, letter {part: text or lines} of a free letter, envelope {postmark,
// registered} when there is one, pages [{skew_deg, turn_deg}].
std::string truth_json(const Truth& truth);

}  // namespace workshop
