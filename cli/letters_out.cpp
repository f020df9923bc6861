#include "cli/letters_out.hpp"

#include "cli/files.hpp"
#include "cli/mask.hpp"
#include "post/secrecy.hpp"
#include "post/sheet.hpp"

namespace cli {

namespace fs = std::filesystem;
using letter::CaseFile;
using letter::CaseRow;
using letter::Day;
using letter::Outgoing;
using letter::PersonalText;
using letter::Result;

namespace {

constexpr std::uint64_t longest_template = 64u << 10;

Result<PersonalText> filled(const fs::path& dir, const std::string& name, const post::Words& words) {
  const auto text = load_file(dir / name, longest_template);
  if (!text) return tl::unexpected(text.error());
  const auto made = post::Template::parse(letter::valid_utf8(*text), post::template_words());
  if (!made) return tl::unexpected(made.error());
  return made->filled(words);
}

Result<PersonalText> body(const fs::path& dir, const CaseFile& file, Outgoing kind, Day today) {
  auto text = filled(dir, post::template_name(file.row, kind), post::words_of(file, kind, today));
  if (!text) return text;
  if (nirs_masked(text->reveal()) != text->reveal())
    return letter::fault("post.nir", "La lettre contient un numéro de sécurité sociale : elle ne part pas.",
                         "The letter holds a social security number: it does not leave.");
  if (const auto discreet = post::is_discreet(*text); !discreet) return tl::unexpected(discreet.error());
  return text;
}

}  // namespace

std::optional<Outgoing> owed_letter(const CaseRow& row) {
  if (!row.deadlines || !row.is_complaint) return std::nullopt;
  return letter::due_letter(row.state, row.answer_told.has_value());
}

Day post_letter_by(const CaseRow& row) {
  const auto kind = owed_letter(row);
  ENSURE(kind.has_value());
  return *kind == Outgoing::acknowledgement ? row.deadlines->ack_post_by : row.deadlines->answer_post_by;
}

bool may_leave(const CaseRow& row) { return !row.needs_review && !row.sent_on.conflict; }

Result<std::string> letter_text(const fs::path& dir, const CaseFile& file, Outgoing kind, Day today) {
  const auto text = body(dir, file, kind, today);
  if (!text) return tl::unexpected(text.error());
  return post::addressee_of(file).lines.reveal() + "\n" + text->reveal();
}

Result<std::string> letter_pdf(const fs::path& dir, const CaseFile& file, Outgoing kind, Day today) {
  const auto text = body(dir, file, kind, today);
  if (!text) return tl::unexpected(text.error());
  const auto head = filled(dir, "en_tete.txt", {});
  if (!head) return tl::unexpected(head.error());
  return post::pdf({head->reveal(), post::addressee_of(file).lines, *text}, file.row.ref);
}

}  // namespace cli
