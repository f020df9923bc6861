// `vaguemestre purge` and `vaguemestre gel`: the end of a case's time, and the legal hold that stops it.
#include <algorithm>

#include "cli/case_table.hpp"
#include "cli/commands.hpp"
#include "cli/registry.hpp"
#include "cli/table.hpp"
#include "letter/tree.hpp"

namespace cli {
namespace {

using Entry = std::map<std::string, std::string>;

// Every page of the register that `verb` walks.
letter::Result<std::vector<Entry>> walked(const belt::Config& config, const std::string& who,
                                          const std::string& verb) {
  const auto line = DeskLine::to_router(config, who);
  if (!line) return tl::unexpected(line.error());
  std::vector<Entry> all;
  letter::Errand asked;
  asked.verb = verb;
  const auto done = walk(**line, asked, [&all](letter::Answer& answer) {
    std::ranges::move(answer.entries, std::back_inserter(all));
  });
  if (!done) return tl::unexpected(done.error());
  return all;
}

std::string standing_text(const Entry& entry, bool purged, const Front& front) {
  const std::string& standing = entry.at("standing");
  if (standing == "frozen") return front.tell("gel", "legal hold");
  if (standing == "followed") return front.tell("suite ouverte", "goes on in an open case");
  return purged ? front.tell("effacé", "purged") : front.tell("échu", "due");
}

std::string queue_text(const std::string& id, const Front& front) {
  const auto queue = letter::parse_queue(id);
  return queue ? queue_name(*queue, front) : id;
}

std::string or_dash(const Entry& entry, const std::string& name) {
  const auto found = entry.find(name);
  return found == entry.end() ? "-" : found->second;
}

std::string as_table(const std::vector<Entry>& all, bool purged, const Front& front) {
  std::vector<std::vector<std::string>> rows;
  for (const Entry& entry : all)
    rows.push_back({entry.at("case"), queue_text(entry.at("queue"), front), or_dash(entry, "closed_on"),
                    or_dash(entry, "kept_until"), entry.at("pages"), standing_text(entry, purged, front)});
  return table({{front.tell("Dossier", "Case")},
                {front.tell("Bannette", "Queue")},
                {front.tell("Clos le", "Closed on")},
                {front.tell("À garder jusqu'au", "To keep until")},
                {front.tell("Pages", "Pages"), Side::right},
                {front.tell("Sort", "Fate")}},
               rows);
}

std::string as_json(const std::vector<Entry>& all) {
  auto list = letter::Tree::list();
  for (const Entry& entry : all) {
    auto tree = letter::Tree::object();
    for (const auto& [name, text] : entry) tree.set(name, text);
    list.push(std::move(tree));
  }
  return letter::dump_json(list) + "\n";
}

int purge(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const bool dry = arguments.has("--dry-run");
  const auto all = walked(*config, ops_id, dry ? "retention" : "purge");
  if (!all) return fail(front, exit_code_of(all.error()), all.error());
  if (arguments.has("--json")) return put_out(arguments, front, as_json(*all));
  const auto due = std::ranges::count(*all, "due", [](const Entry& entry) { return entry.at("standing"); });
  const std::string count = std::to_string(due);
  const std::string end =
      dry ? front.tell(count + " dossier(s) seraient effacés.\n", count + " case(s) would be purged.\n")
          : front.tell(count + " dossier(s) effacés ; leur preuve reste au journal.\n",
                       count + " case(s) purged; their proof stays in the journal.\n");
  return put_out(arguments, front, (all->empty() ? "" : as_table(*all, !dry, front)) + end);
}

int list_frozen(const belt::Config& config, const Arguments& arguments, Front& front) {
  auto all = walked(config, auditor_id, "retention");
  if (!all) return fail(front, exit_code_of(all.error()), all.error());
  std::erase_if(*all, [](const Entry& entry) { return entry.at("standing") != "frozen"; });
  if (arguments.has("--json")) return put_out(arguments, front, as_json(*all));
  return put_out(arguments, front,
                 all->empty() ? front.tell("Aucun dossier n'est gelé.\n", "No case is on hold.\n")
                              : as_table(*all, false, front));
}

int gel(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const std::string action = arguments.text("ACTION", "list"), ref = arguments.text("REF");
  if (action == "list" && ref.empty()) return list_frozen(*config, arguments, front);
  if ((action != "set" && action != "lift") || ref.empty())
    return fail(front, belt::exit_usage,
                {"usage.gel",
                 "Il faut `gel list`, `gel set DOSSIER --reason MOTIF` ou `gel lift DOSSIER --reason MOTIF`.",
                 "Use `gel list`, `gel set CASE --reason WHY` or `gel lift CASE --reason WHY`."});
  if (!letter::parse_case_ref(ref)) return fail(front, belt::exit_bad_input, bad_case_ref());
  const auto line = DeskLine::to_router(*config, auditor_id);
  if (!line) return fail(front, exit_code_of(line.error()), line.error());
  letter::Errand asked;
  asked.verb = action == "set" ? "freeze" : "thaw";
  asked.ref = ref;
  asked.args["reason"] = arguments.text("--reason");
  const auto answer = granted((*line)->ask(asked));
  if (!answer) return fail(front, exit_code_of(answer.error()), answer.error());
  front.out << (action == "set" ? front.tell("Gelé : rien n'en sera effacé.\n",
                                             "On hold: nothing of it will be purged.\n")
                                : front.tell("Le gel est levé.\n", "The hold is lifted.\n"));
  return belt::exit_ok;
}

}  // namespace

Command purge_command() {
  return {"purge",
          "efface les dossiers dont la durée de conservation est écoulée ; d'abord avec --dry-run",
          "purges the cases whose retention time is over; with --dry-run first",
          "vaguemestre purge --dry-run --state ./etat",
          {{"--dry-run", Kind::flag, "", "montrer ce qui partirait, sans rien effacer",
            "show what would go, and purge nothing"},
           out_option(),
           json_option(),
           state_option(),
           config_option()},
          purge};
}

Command gel_command() {
  return {"gel",
          "le gel (conservation conservatoire) : un dossier gelé n'est jamais effacé",
          "the legal hold (gel): a case on hold is never purged",
          "vaguemestre gel set 2026-0000012-46 --reason \"contentieux\" --state ./etat",
          {{"ACTION", Kind::text, "", "list (défaut), set ou lift", "list (default), set or lift"},
           {"REF", Kind::text, "", "le dossier", "the case"},
           {"--reason", Kind::text, "MOTIF", "pourquoi (au journal)", "why (kept in the journal)"},
           out_option(),
           json_option(),
           state_option(),
           config_option()},
          gel};
}

}  // namespace cli
