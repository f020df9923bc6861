// The letters to complainants that a case asks for, as texts and as sheets to post.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "letter/errand.hpp"
#include "letter/result.hpp"
#include "post/draft.hpp"

namespace cli {

// Which letter the house owes; none: no complaint, no clock, or nothing due.
std::optional<letter::Outgoing> owed_letter(const letter::CaseRow& row);
// By when it must leave. The row must owe one.
letter::Day post_letter_by(const letter::CaseRow& row);
// Words that may stand in a letter. Faults: post.health_word, post.nir.
letter::Result<void> fit_for_a_letter(const letter::PersonalText& text);
// Nobody needs to look at the case before its letter leaves.
bool may_leave(const letter::CaseRow& row);

// A letter that the house owes, and what became of printing it.
struct Owed {
  letter::CaseRow row;
  letter::Outgoing kind;
  letter::Day post_by;
  bool address_is_sure = false, by_mail = false;  // known once printed
  std::string file;                               // "" = not printed
  std::optional<letter::Reason> refused;          // why this one cannot be printed
};
// Most urgent first; `until`: only those that must leave on that day at the latest.
std::vector<Owed> owed(const std::vector<letter::CaseRow>& rows, std::optional<letter::Day> until);

struct Printing {
  std::filesystem::path templates, out;
  letter::Day today;
};
using OpenCase = std::function<letter::Result<letter::CaseFile>(const std::string& ref)>;
// Each that may leave as REFERENCE-KIND.pdf in `out` (made if absent): nobody's name stands in a file's name.
// A letter that cannot be printed says why and stops no other. Faults: file.* (the folder takes no file),
// desk.no_answer.
letter::Result<void> print_all(std::vector<Owed>& all, const OpenCase& open, const Printing& printing);

// From the templates in `dir`. Faults: file.* (a template that is not there), post.* (a template that cannot
// be used, a text that speaks of health), post.nir.
letter::Result<std::string> letter_text(const std::filesystem::path& dir, const letter::CaseFile& file,
                                        letter::Outgoing kind, letter::Day today);
// The same on paper: the bytes of a PDF.
letter::Result<std::string> letter_pdf(const std::filesystem::path& dir, const letter::CaseFile& file,
                                       letter::Outgoing kind, letter::Day today);

}  // namespace cli
