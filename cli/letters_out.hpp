// The letters to complainants that a case asks for, as texts and as sheets to post.
#pragma once

#include <filesystem>
#include <optional>

#include "letter/errand.hpp"
#include "letter/result.hpp"
#include "post/draft.hpp"

namespace cli {

// Which letter the house owes; none: no complaint, no clock, or nothing due.
std::optional<letter::Outgoing> owed_letter(const letter::CaseRow& row);
// By when it must leave. The row must owe one.
letter::Day post_letter_by(const letter::CaseRow& row);
// Nobody needs to look at the case before its letter leaves.
bool may_leave(const letter::CaseRow& row);

// From the templates in `dir`. Faults: file.* (a template that is not there), post.* (a template that cannot
// be used, a text that speaks of health), post.nir.
letter::Result<std::string> letter_text(const std::filesystem::path& dir, const letter::CaseFile& file,
                                        letter::Outgoing kind, letter::Day today);
// The same on paper: the bytes of a PDF.
letter::Result<std::string> letter_pdf(const std::filesystem::path& dir, const letter::CaseFile& file,
                                       letter::Outgoing kind, letter::Day today);

}  // namespace cli
