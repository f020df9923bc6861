// A form as data: one TOML file under models/forms is the only description, for printing and reading.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "letter/result.hpp"

namespace ocr {

enum class ElementKind { anchor, anchor_hollow, qr, tick, comb, text_lines, signature, reserved };

// One element. Lengths in mm from the top-left corner of the upright sheet.
struct Element {
  std::string id;  // "NOM_USAGE"
  ElementKind kind = ElementKind::tick;
  std::string label;  // French, as printed
  double x = 0, y = 0, w = 0, h = 0;
  std::vector<double> cell_x;  // comb: left edge of each cell
  double cell_w = 0;           // comb: width of a cell
  std::string charset;         // comb: "0-9", "A-Z -'", ...; exceptions by cell in `cell_charsets`
  std::vector<std::pair<std::uint32_t, std::string>> cell_charsets;  // cell from 1, its charset
  std::string group;                                                 // ticks: group name; empty = alone
  std::string group_rule;                                            // "exactly 1" | "0..1" | "1..n" | ""
  std::string check;                  // validator name: nir, siret, date, postcode, phone, email, ... or ""
  std::vector<std::string> patterns;  // comb: how its numbers are built, "P########" (# a figure), or none
  std::string queue;                  // a tick that names a subject: queue id
  std::string payload;                // qr
  double line_pitch = 0;              // text_lines: distance of its rules
  std::uint32_t lines = 0;
};

// Printed text that is no element: titles, captions, the small print.
struct Caption {
  double x = 0, y = 0;  // left end of the baseline
  double size = 2.7;    // mm, font size
  bool bold = false;
  std::string text;
};

struct Portrait;  // ocr/form/portrait.hpp

struct Form {
  std::string id;    // "reclamation"
  std::string code;  // "REC", in the QR
  int version = 1;
  int page = 1;
  std::string title;
  double width = 210, height = 297;  // mm
  std::string font;                  // family of captions
  std::vector<Element> elements;
  std::vector<Caption> captions;
  std::shared_ptr<const Portrait>
      portrait;  // made by load_forms, with NAME.png beside NAME.toml if there is one
};

// Faults "form.*" name file, element and key.
letter::Result<Form> load_form(const std::filesystem::path& toml);
// Every *.toml under models_dir/forms, by id; a faulty file is a Fault, never skipped.
letter::Result<std::vector<Form>> load_forms(const std::filesystem::path& models_dir);
const Element* find(const Form& form, const std::string& element_id);
// Every character that may stand in `cell` (from 1) of a comb, ranges written out: "0-9" -> "0123456789".
std::string cell_letters(const Element& comb, std::uint32_t cell);

}  // namespace ocr
