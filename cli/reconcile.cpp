// `vaguemestre reconcile`: is every letter and every page that was ever taken accounted for?
#include "cli/commands.hpp"
#include "cli/reconciliation.hpp"
#include "cli/table.hpp"
#include "letter/tree.hpp"
#include "vault/directory_vault.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;

// Journals and spool are read before the books that must know what they promise, and again after those, for
// what came in meanwhile: a house at work is reconciled as one moment could have left it.
letter::Result<Books> read_books(const fs::path& state, const std::vector<std::string>& other_journals) {
  const vault::SystemDisk disk;
  const auto spool_bytes = [&] { return disk.read(state / "spool" / "spool").value_or(""); };
  std::map<fs::path, std::string> journals;
  for (const std::string& other : other_journals) journals[other];
  for (const std::string& station : disk.names(state / "station")) journals[state / "station" / station];
  for (auto& [folder, bytes] : journals) bytes = disk.read(folder / "journal").value_or("");
  Books books;
  const std::string spooled = spool_bytes();
  books.roll = router::read_roll(state / "register" / "register.sqlite");
  const vault::DirectoryVault vault(state / "vault", {});
  for (auto& id : vault.list()) books.vault.insert(std::move(id));
  const auto all_spooled = ingest::with_later_letters(spooled, spool_bytes());
  if (!all_spooled) return tl::unexpected(all_spooled.error());
  auto spool = ingest::read_spool(*all_spooled);
  if (!spool) return tl::unexpected(spool.error());
  books.spool = std::move(*spool);
  for (const ingest::SpoolLine& line : books.spool)
    if (!books.vault.contains(line.letter.id) && vault.holds(line.letter.id))
      books.vault.insert(line.letter.id);
  for (const auto& [folder, bytes] : journals) {
    const auto claimed = ingest::with_later_claims(bytes, disk.read(folder / "journal").value_or(""));
    if (!claimed) return tl::unexpected(claimed.error());
    auto manifest = ingest::read_manifest(folder.filename().string(), *claimed);
    if (!manifest) return tl::unexpected(manifest.error());
    if (!manifest->claims.empty()) books.stations.push_back(std::move(*manifest));
  }
  return books;
}

struct Ledger {
  const char* id;
  const char *fr, *en;
  Count Balance::*count;
};
constexpr Ledger kinds[] = {{"claimed", "Prises", "Claimed", &Balance::claimed},
                            {"filed", "Classées", "Filed", &Balance::filed},
                            {"failed", "Échecs", "Failed", &Balance::failed},
                            {"repeat", "Doubles", "Repeats", &Balance::repeat},
                            {"separator", "Séparateurs", "Separators", &Balance::separator},
                            {"withdrawn", "Retirées", "Withdrawn", &Balance::withdrawn},
                            {"purged", "Effacées", "Purged", &Balance::purged},
                            {"in_flight", "En route", "In flight", &Balance::in_flight},
                            {"unexplained", "Inexpliquées", "Unexplained", &Balance::unexplained}};

letter::Tree findings_tree(const std::vector<Finding>& findings) {
  auto list = letter::Tree::list();
  for (const Finding& finding : findings)
    list.push(letter::Tree::object().set("code", finding.code).set("what", finding.what));
  return list;
}

letter::Tree as_tree(const Reconciliation& result) {
  auto days = letter::Tree::list();
  for (const auto& [where, balance] : result.days) {
    auto day = letter::Tree::object();
    day.set("station", where.first).set("day", where.second);
    for (const Ledger& kind : kinds) {
      const Count& count = balance.*kind.count;
      day.set(kind.id, letter::Tree::object().set("letters", count.letters).set("pages", count.pages));
    }
    days.push(std::move(day));
  }
  auto tree = letter::Tree::object();
  tree.set("days", std::move(days)).set("unexplained", findings_tree(result.unexplained));
  return tree.set("remarks", findings_tree(result.remarks));
}

std::string findings_text(const std::string& head, const std::vector<Finding>& findings) {
  std::string text = findings.empty() ? "" : "\n" + head + "\n";
  for (const Finding& finding : findings) text += "  " + finding.code + "  " + printable(finding.what) + "\n";
  return text;
}

std::string as_text(const Reconciliation& result, const Front& front) {
  std::vector<Column> columns{{front.tell("Poste", "Station")}, {front.tell("Jour", "Day")}};
  for (const Ledger& kind : kinds) columns.push_back({front.tell(kind.fr, kind.en), Side::right});
  std::vector<std::vector<std::string>> rows;
  for (const auto& [where, balance] : result.days) {
    rows.push_back({where.first, where.second.empty() ? "?" : where.second});
    for (const Ledger& kind : kinds) {
      const Count& count = balance.*kind.count;
      rows.back().push_back(std::to_string(count.letters) + " / " + std::to_string(count.pages));
    }
  }
  return table(columns, rows) + front.tell("\nLettres / pages.\n", "\nLetters / pages.\n") +
         findings_text(front.tell("Inexpliqué :", "Unexplained:"), result.unexplained) +
         findings_text(front.tell("À savoir :", "Remarks:"), result.remarks) +
         (result.unexplained.empty()
              ? front.tell("\nTout est expliqué.\n", "\nEverything is accounted for.\n")
              : "");
}

int go(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto books = read_books(config->state_dir, arguments.texts("--journal"));
  if (!books) return fail(front, belt::exit_broken, books.error());
  const Reconciliation result = reconcile(*books);
  front.out << (arguments.has("--json") ? letter::dump_json(as_tree(result)) + "\n" : as_text(result, front));
  if (result.unexplained.empty()) return belt::exit_ok;
  return fail(front, belt::exit_unexplained,
              {"reconcile.unexplained", "Des lettres ou des pages ne sont expliquées par aucun livre.",
               "Letters or pages are explained by none of the books."});
}

}  // namespace

Command reconcile_command() {
  return {"reconcile",
          "compte chaque lettre et chaque page prises, du poste au registre",
          "accounts for every letter and page taken, from station to register",
          "vaguemestre reconcile --state ./etat",
          {{.name = "--journal",
            .kind = Kind::path,
            .shows = "DIR",
            .fr = "le journal d'un poste d'une autre machine (dossier au nom du poste)",
            .en = "the journal of another machine's station (a folder of its name)",
            .many = true},
           json_option(),
           state_option(),
           config_option()},
          go};
}

}  // namespace cli
