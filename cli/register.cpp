// `vaguemestre register`: the register of complaints of a period, for the regulator and the compliance
// officer.
#include "cli/commands.hpp"
#include "cli/complaint_counts.hpp"
#include "cli/csv.hpp"
#include "cli/registry.hpp"
#include "letter/tree.hpp"
#include "router/register_entry.hpp"

namespace cli {
namespace {

using letter::Tree;
using Entry = RegisterLine;

letter::Result<std::vector<Entry>> entries(const belt::Config& config, const Arguments& arguments) {
  const auto line = DeskLine::to_router(config, auditor_id);
  if (!line) return tl::unexpected(line.error());
  const auto from = arguments.day("--from"), to = arguments.day("--to");
  std::vector<Entry> all;
  letter::Errand asked;
  asked.verb = "register";
  const auto walked = walk(**line, asked, [&](letter::Answer& answer) {
    for (Entry& entry : answer.entries) {
      const auto received = letter::parse_day(entry["received_date"]);
      if (received && (!from || *from <= *received) && (!to || *received <= *to))
        all.push_back(std::move(entry));
    }
  });
  if (!walked) return tl::unexpected(walked.error());
  return all;
}

std::string as_csv(const std::vector<Entry>& all) {
  std::vector<std::vector<std::string>> rows;
  for (const Entry& entry : all) {
    auto& row = rows.emplace_back();
    for (const auto& column : router::register_columns()) row.push_back(entry.at(column));
  }
  return csv(router::register_columns(), rows);
}

std::string as_json(const std::vector<Entry>& all) {
  auto list = Tree::list();
  for (const Entry& entry : all) {
    auto tree = Tree::object();
    for (const auto& column : router::register_columns()) tree.set(column, entry.at(column));
    list.push(std::move(tree));
  }
  return letter::dump_json(list) + "\n";
}

int register_of_complaints(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto all = entries(*config, arguments);
  if (!all) return fail(front, exit_code_of(all.error()), all.error());
  const bool json = arguments.has("--json");
  if (!arguments.has("--counts")) return put_out(arguments, front, json ? as_json(*all) : as_csv(*all));
  const auto counts = complaint_counts(*all, letter::paris_day(front.now()));
  return put_out(arguments, front, json ? letter::dump_json(tree_of(counts)) + "\n" : text_of(counts, front));
}

}  // namespace

Command register_command() {
  return {"register",
          "le registre des réclamations reçues sur une période : CSV, JSON, ou ses comptes",
          "the register of the complaints received in a period: CSV, JSON, or its counts",
          "vaguemestre register --from 2026-01-01 --to 2026-12-31 --out registre.csv --state ./etat",
          {{"--from", Kind::day, "AAAA-MM-JJ", "reçues depuis ce jour", "received from that day on"},
           {"--to", Kind::day, "AAAA-MM-JJ", "reçues jusqu'à ce jour", "received until that day"},
           {"--counts", Kind::flag, "", "comptes par produit, motif, issue et délai",
            "counts by product, reason, outcome and delay"},
           out_option(),
           json_option(),
           state_option(),
           config_option()},
          register_of_complaints};
}

}  // namespace cli
