// `vaguemestre letters`: what must leave the house, printed, and noted as posted.
#include <algorithm>
#include <filesystem>

#include "cli/case_table.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/letters_out.hpp"
#include "cli/registry.hpp"
#include "cli/table.hpp"
#include "letter/tree.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;
using letter::CaseRow;
using letter::Tree;

struct Owed {
  CaseRow row;
  letter::Outgoing kind;
  letter::Day post_by;
  bool address_is_sure = false, by_mail = false;  // known once printed
  std::string file;                               // "" = not printed
};

// Most urgent first.
std::vector<Owed> owed(const std::vector<CaseRow>& rows, std::optional<letter::Day> until) {
  std::vector<Owed> all;
  for (const CaseRow& row : rows) {
    const auto kind = owed_letter(row);
    if (!kind || (until && post_letter_by(row) > *until)) continue;
    all.push_back({row, *kind, post_letter_by(row)});
  }
  std::ranges::stable_sort(all, {}, [](const Owed& one) { return std::pair(one.post_by, one.row.ref); });
  return all;
}

std::string kind_name(letter::Outgoing kind, const Front& front) {
  return front.tell(std::string(letter::french(kind)), std::string(letter::id(kind)));
}

std::string still_to_do(const Owed& one, const Front& front) {
  if (!may_leave(one.row)) return front.tell("un regard au bureau", "a look at the desk");
  if (one.file.empty()) return "";
  if (one.by_mail) return front.tell("demande un courriel", "asks for an e-mail");
  return one.address_is_sure ? "" : front.tell("vérifier l'adresse", "check the address");
}

std::string text_of(const std::vector<Owed>& all, const Front& front) {
  std::vector<std::vector<std::string>> rows;
  for (const Owed& one : all)
    rows.push_back({letter::iso(one.post_by), one.row.ref, kind_name(one.kind, front), one.row.queue,
                    still_to_do(one, front), one.file});
  return table({{front.tell("À poster le", "Post by")},
                {front.tell("Dossier", "Case")},
                {front.tell("Lettre", "Letter")},
                {front.tell("Bannette", "Queue")},
                {front.tell("Avant de poster", "Before posting")},
                {front.tell("Fichier", "File")}},
               rows);
}

Tree tree_of_owed(const std::vector<Owed>& all) {
  auto list = Tree::list();
  for (const Owed& one : all) {
    auto tree = Tree::object();
    tree.set("ref", one.row.ref).set("kind", letter::id(one.kind)).set("post_by", letter::iso(one.post_by));
    tree.set("queue", one.row.queue).set("may_leave", may_leave(one.row));
    tree.set("file", one.file.empty() ? Tree() : Tree(one.file));
    if (!one.file.empty()) tree.set("address_is_sure", one.address_is_sure).set("by_mail", one.by_mail);
    list.push(std::move(tree));
  }
  return list;
}

// What may leave, each as REFERENCE-KIND.pdf: no name of anybody's stands in a file's name.
letter::Result<void> print(std::vector<Owed>& all, const belt::Config& config, const fs::path& out,
                           const Front& front) {
  std::error_code error;
  fs::create_directories(out, error);
  if (error)
    return letter::fault("file.unwritable", "Le dossier des lettres ne peut pas être créé.",
                         "The folder of the letters cannot be made.");
  EitherDesk desk(config);
  for (Owed& one : all) {
    if (!may_leave(one.row)) continue;
    const auto file = desk.open(one.row.ref);
    if (!file) return tl::unexpected(file.error());
    const auto bytes = letter_pdf(config.letters_dir, *file, one.kind, letter::paris_day(front.now()));
    if (!bytes) return tl::unexpected(bytes.error());
    const auto to = post::addressee_of(*file);
    one.address_is_sure = to.is_sure;
    one.by_mail = to.by_mail;
    one.file = one.row.ref + "-" + std::string(letter::id(one.kind)) + ".pdf";
    if (const auto saved = save_file(out / one.file, *bytes); !saved) return saved;
    fs::permissions(out / one.file, fs::perms::owner_read | fs::perms::owner_write, error);
  }
  return {};
}

int list(const Arguments& arguments, const belt::Config& config, Front& front) {
  const auto rows = every_case(config);
  if (!rows) return fail(front, exit_code_of(rows.error()), rows.error());
  const auto today = letter::paris_day(front.now());
  auto all = owed(*rows, arguments.has("--today") ? std::optional(today) : std::nullopt);
  if (arguments.has("--out"))
    if (const auto done = print(all, config, arguments.text("--out"), front); !done)
      return fail(front, belt::exit_bad_input, done.error());
  front.out << (arguments.has("--json") ? letter::dump_json(tree_of_owed(all)) + "\n" : text_of(all, front));
  return belt::exit_ok;
}

// One letter noted as posted. The medical desk's own letters are noted under its key.
letter::Result<CaseRow> note_posted(EitherDesk& desk, const CaseRow& row) {
  const auto kind = owed_letter(row);
  if (!kind)
    return letter::fault("post.nothing_due", "Ce dossier n'attend aucune lettre.",
                         "This case waits for no letter.");
  letter::Errand asked;
  asked.verb = "posted";
  asked.ref = row.ref;
  asked.args["kind"] = letter::id(*kind);
  const auto answer = desk.ask(asked);
  if (!answer) return tl::unexpected(answer.error());
  return answer->rows.at(0);
}

int post_all(const Arguments& arguments, const belt::Config& config, Front& front) {
  const auto rows = every_case(config);
  if (!rows) return fail(front, exit_code_of(rows.error()), rows.error());
  EitherDesk desk(config);
  int worst = belt::exit_ok;
  for (const auto& ref : arguments.texts("--posted")) {
    const auto row = std::ranges::find(*rows, ref, &CaseRow::ref);
    const auto noted = row == rows->end()
                           ? letter::Result<CaseRow>(letter::fault("desk.no_such_case",
                                                                   "Aucun dossier ouvert de cette référence.",
                                                                   "No open case of that reference."))
                           : note_posted(desk, *row);
    if (noted) {
      front.out << ref << front.tell("  posté : ", "  posted: ") << state_name(noted->state, front) << "\n";
      continue;
    }
    front.err << ref << "  ";
    worst = fail(front, exit_code_of(noted.error()), noted.error());
  }
  return worst;
}

int letters(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  return arguments.has("--posted") ? post_all(arguments, *config, front) : list(arguments, *config, front);
}

}  // namespace

Command letters_command() {
  return {
      "letters",
      "les lettres à poster (accusés de réception, attentes) : liste, PDF, et noter qu'elles sont parties",
      "the letters to post (acknowledgements, delays): lists, prints and notes that they left",
      "vaguemestre letters --today --out ./a-poster --state ./etat",
      {{"--today", Kind::flag, "", "seulement ce qui doit partir aujourd'hui au plus tard",
        "only what must leave today at the latest"},
       {"--out", Kind::path, "DOSSIER", "écrit chaque lettre en PDF dans ce dossier",
        "writes each letter as a PDF into this folder"},
       {"--posted", Kind::text, "REF", "note que la lettre de ces dossiers est partie : son délai s'arrête",
        "notes that the letter of these cases has left: its clock stops", false, true},
       json_option(),
       state_option(),
       config_option()},
      letters};
}

}  // namespace cli
