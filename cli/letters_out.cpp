#include "cli/letters_out.hpp"

#include <algorithm>
#include <utility>

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
  if (const auto fit = fit_for_a_letter(*text); !fit) return tl::unexpected(fit.error());
  return text;
}

Result<void> print(Owed& one, const OpenCase& open, const Printing& printing) {
  const auto file = open(one.row.ref);
  if (!file && file.error().code == "desk.no_answer") return tl::unexpected(file.error());
  const auto bytes = file ? letter_pdf(printing.templates, *file, one.kind, printing.today)
                          : Result<std::string>(tl::unexpected(file.error()));
  if (!bytes) {
    one.refused = bytes.error();
    return {};
  }
  const auto to = post::addressee_of(*file);
  one.address_is_sure = to.is_sure;
  one.by_mail = to.by_mail;
  one.file = one.row.ref + "-" + std::string(letter::id(one.kind)) + ".pdf";
  if (const auto saved = save_file(printing.out / one.file, *bytes); !saved) return saved;
  std::error_code error;
  fs::permissions(printing.out / one.file, fs::perms::owner_read | fs::perms::owner_write, error);
  return {};
}

}  // namespace

Result<void> fit_for_a_letter(const PersonalText& text) {
  if (nirs_masked(text.reveal()) != text.reveal())
    return letter::fault("post.nir", "La lettre contient un numéro de sécurité sociale : elle ne part pas.",
                         "The letter holds a social security number: it does not leave.");
  return post::is_discreet(text);
}

std::vector<Owed> owed(const std::vector<CaseRow>& rows, std::optional<Day> until) {
  std::vector<Owed> all;
  for (const CaseRow& row : rows) {
    const auto kind = owed_letter(row);
    if (!kind || (until && post_letter_by(row) > *until)) continue;
    all.push_back({row, *kind, post_letter_by(row), false, false, "", std::nullopt});
  }
  std::ranges::stable_sort(all, {}, [](const Owed& one) { return std::pair(one.post_by, one.row.ref); });
  return all;
}

Result<void> print_all(std::vector<Owed>& all, const OpenCase& open, const Printing& printing) {
  std::error_code error;
  fs::create_directories(printing.out, error);
  if (error)
    return letter::fault("file.unwritable", "Le dossier des lettres ne peut pas être créé.",
                         "The folder of the letters cannot be made.");
  for (Owed& one : all)
    if (may_leave(one.row))
      if (auto done = print(one, open, printing); !done) return done;
  return {};
}

std::optional<Outgoing> owed_letter(const CaseRow& row) {
  if (!row.deadlines || !row.is_complaint) return std::nullopt;
  const auto queue = letter::parse_queue(row.queue);
  return queue ? letter::due_letter(row.state, *queue, row.answer_told.has_value()) : std::nullopt;
}

Day post_letter_by(const CaseRow& row) {
  const auto kind = owed_letter(row);
  ENSURE(kind.has_value());
  return *kind == Outgoing::holding ? row.deadlines->answer_post_by : row.deadlines->ack_post_by;
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
