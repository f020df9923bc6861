// `vaguemestre letters`: what must leave the house, printed, and noted as posted.
#include <algorithm>
#include <filesystem>

#include "cli/case_table.hpp"
#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/letter_tree.hpp"
#include "cli/letters_out.hpp"
#include "cli/registry.hpp"
#include "cli/table.hpp"
#include "letter/tree.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;
using letter::CaseRow;
using letter::Tree;

std::string kind_name(letter::Outgoing kind, const Front& front) {
  return front.tell(std::string(letter::french(kind)), std::string(letter::id(kind)));
}

std::string still_to_do(const Owed& one, const Front& front) {
  if (!may_leave(one.row)) return front.tell("un regard au bureau", "a look at the desk");
  if (one.refused)
    return front.tell("REFUSÉE : " + one.refused->fr, "REFUSED: " + one.refused->en) + " [" +
           one.refused->code + "]";
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
    tree.set("refused", one.refused ? tree_of(*one.refused) : Tree());
    if (!one.file.empty()) tree.set("address_is_sure", one.address_is_sure).set("by_mail", one.by_mail);
    list.push(std::move(tree));
  }
  return list;
}

letter::Result<void> print_owed(const belt::Config& config, std::vector<Owed>& all,
                                const Printing& printing) {
  EitherDesk desk(config);
  return print_all(
      all, [&desk](const std::string& ref) { return desk.open(ref); }, printing);
}

// The router lists so many cases of a queue, those first whose next letter must leave first.
void tell_if_cut(const std::vector<CaseRow>& rows, Front& front) {
  for (const auto queue : letter::all_queues) {
    const std::string name(letter::id(queue));
    if (std::ranges::count(rows, name, &CaseRow::queue) < static_cast<std::ptrdiff_t>(most_rows)) continue;
    const std::string most = std::to_string(most_rows);
    front.err << front.tell(name + " : seuls les " + most + " dossiers les plus urgents sont vus.\n",
                            name + ": only the " + most + " most urgent cases are seen.\n");
  }
}

int list(const Arguments& arguments, const belt::Config& config, Front& front) {
  const auto rows = every_case(config);
  if (!rows) return fail(front, exit_code_of(rows.error()), rows.error());
  tell_if_cut(*rows, front);
  const auto today = letter::paris_day(front.now());
  auto all = owed(*rows, arguments.has("--today") ? std::optional(today) : std::nullopt);
  if (arguments.has("--out"))
    if (const auto done = print_owed(config, all, {config.letters_dir, arguments.text("--out"), today});
        !done)
      return fail(front, exit_code_of(done.error()), done.error());
  front.out << (arguments.has("--json") ? letter::dump_json(tree_of_owed(all)) + "\n" : text_of(all, front));
  const bool any_refused = std::ranges::any_of(all, [](const Owed& one) { return one.refused.has_value(); });
  return any_refused ? belt::exit_bad_input : belt::exit_ok;
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
      "les lettres à poster (accusés de réception, transmissions, attentes) : liste, PDF, et noter qu'elles "
      "sont parties",
      "the letters to post (acknowledgements, redirections, delays): lists, prints and notes that they left",
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
