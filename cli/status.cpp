// `vaguemestre status`: how the house stands, on one screen.
#include "cli/commands.hpp"
#include "cli/registry.hpp"
#include "cli/table.hpp"
#include "letter/tree.hpp"

namespace cli {
namespace {

struct Standing {
  SpoolCounts spool;
  RegisterCounts cases;
};

letter::Result<Standing> ask_all(const belt::Config& config) {
  const auto ingest = DeskLine::to_ingest(config, ops_id);
  if (!ingest) return tl::unexpected(ingest.error());
  const auto spool = spool_counts(**ingest);
  if (!spool) return tl::unexpected(spool.error());
  const auto router = DeskLine::to_router(config, ops_id);
  if (!router) return tl::unexpected(router.error());
  const auto cases = register_counts(**router);
  if (!cases) return tl::unexpected(cases.error());
  return Standing{*spool, *cases};
}

letter::Tree as_tree(const Standing& standing) {
  const auto& spool = standing.spool;
  auto oldest = letter::Tree();
  if (!spool.oldest_id.empty()) {
    oldest = letter::Tree::object();
    oldest.set("id", spool.oldest_id).set("received_at", spool.oldest_received_at);
  }
  auto letters = letter::Tree::object();
  letters.set("waiting", spool.waiting).set("with_readers", spool.with_readers);
  letters.set("past_readers", spool.past_readers).set("given_up", spool.given_up);
  letters.set("received_total", spool.received_total).set("filed_total", spool.filed_total);
  auto queues = letter::Tree::object();
  for (const auto queue : letter::all_queues) {
    const auto found = standing.cases.queues.find(queue);
    const auto counts = found == standing.cases.queues.end() ? QueueCounts{} : found->second;
    auto one = letter::Tree::object();
    one.set("open", counts.open).set("late", counts.late).set("due_today", counts.due_today);
    queues.set(std::string(letter::id(queue)), std::move(one));
  }
  auto tree = letter::Tree::object();
  tree.set("oldest_unfiled", std::move(oldest)).set("letters", std::move(letters));
  tree.set("queues", std::move(queues)).set("cases", standing.cases.cases);
  tree.set("filed_today", standing.cases.filed_today).set("blind_checks", standing.cases.checks);
  tree.set("readers", spool.readers).set("free_bytes", spool.free_bytes);
  return tree;
}

std::string as_text(const Standing& standing, const Front& front) {
  const auto& spool = standing.spool;
  const auto count = [](std::uint64_t n) { return std::to_string(n); };
  std::string text = table(
      {{front.tell("Lettres", "Letters")}, {front.tell("Nombre", "Count"), Side::right}},
      {{front.tell("en attente d'un lecteur", "waiting for a reader"), count(spool.waiting)},
       {front.tell("chez un lecteur", "with a reader"), count(spool.with_readers)},
       {front.tell("lues, pas encore classées", "read, not yet filed"), count(spool.past_readers)},
       {front.tell("remises telles quelles à une personne", "given to a person as they are"),
        count(spool.given_up)},
       {front.tell("reçues depuis le début", "received since the beginning"), count(spool.received_total)},
       {front.tell("classées depuis le début", "filed since the beginning"), count(spool.filed_total)}});
  text += front.tell("Plus ancienne non classée : ", "Oldest unfiled: ") +
          (spool.oldest_id.empty() ? front.tell("aucune", "none")
                                   : spool.oldest_id + " (" + spool.oldest_received_at + ")");
  text += front.tell("\nLecteurs : ", "\nReaders: ") + count(spool.readers) +
          front.tell("   Disque libre : ", "   Free disk: ") + count(spool.free_bytes >> 20) +
          front.tell(" Mio", " MiB") +
          front.tell("   Contrôles à l'aveugle à faire : ", "   Blind checks to do: ") +
          count(standing.cases.checks) + "\n\n";
  std::vector<std::vector<std::string>> rows;
  for (const auto queue : letter::all_queues) {
    const auto found = standing.cases.queues.find(queue);
    const auto counts = found == standing.cases.queues.end() ? QueueCounts{} : found->second;
    rows.push_back(
        {std::string(letter::id(queue)), count(counts.open), count(counts.late), count(counts.due_today)});
  }
  return text + table({{front.tell("Bannette", "Queue")},
                       {front.tell("Ouverts", "Open"), Side::right},
                       {front.tell("En retard", "Late"), Side::right},
                       {front.tell("Pour aujourd'hui", "Due today"), Side::right}},
                      rows);
}

int status(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto standing = ask_all(*config);
  if (!standing) return fail(front, exit_code_of(standing.error()), standing.error());
  front.out << (arguments.has("--json") ? letter::dump_json(as_tree(*standing)) + "\n"
                                        : as_text(*standing, front));
  return belt::exit_ok;
}

}  // namespace

Command status_command() {
  return {"status",
          "dit où en est la maison : lettres, retards, lecteurs, disque",
          "tells how the house stands: letters, delays, readers, disk",
          "vaguemestre status --state ./etat --json",
          {json_option(), state_option(), config_option()},
          status};
}

}  // namespace cli
