// `vaguemestre register`: the register of complaints of a period, for the regulator and the compliance
// officer.
#include <algorithm>
#include <iterator>
#include <map>

#include "cli/commands.hpp"
#include "cli/csv.hpp"
#include "cli/desk_line.hpp"
#include "cli/table.hpp"
#include "letter/tree.hpp"
#include "router/register_entry.hpp"

namespace cli {
namespace {

using letter::Tree;
using Entry = std::map<std::string, std::string>;

const std::string auditor_id = "auditor:registre";

letter::Result<std::vector<Entry>> entries(const belt::Config& config, const Arguments& arguments) {
  const auto line = DeskLine::to_router(config, auditor_id);
  if (!line) return tl::unexpected(line.error());
  const auto from = arguments.day("--from"), to = arguments.day("--to");
  std::vector<Entry> all;
  letter::Errand asked;
  asked.verb = "register";
  for (;;) {
    auto answer = granted((*line)->ask(asked));
    if (!answer) return tl::unexpected(answer.error());
    for (Entry& entry : answer->entries) {
      const auto received = letter::parse_day(entry["received_date"]);
      if (received && (!from || *from <= *received) && (!to || *received <= *to))
        all.push_back(std::move(entry));
    }
    const auto next = answer->facts.find("next");
    if (next == answer->facts.end()) return all;
    asked.args["after"] = next->second;
  }
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

// Whether the answer left in time; a holding letter excuses nothing.
std::string delay_of(const Entry& entry, letter::Day today) {
  const auto due = letter::parse_day(entry.at("answer_due")),
             sent = letter::parse_day(entry.at("answer_sent"));
  if (!due) return "sans délai";
  if (sent) return *sent <= *due ? "répondu dans le délai" : "répondu hors délai";
  return today <= *due ? "en cours, dans le délai" : "en cours, hors délai";
}

// What joined another case is counted there; what was no complaint after all has no clock.
bool counts(const Entry& entry) {
  return entry.at("state") != letter::id(letter::State::merged) && !entry.at("answer_due").empty();
}

// "délai, refus" is two reasons of one case; "" is one value too.
std::vector<std::string> each_of(const std::string& values) {
  constexpr std::string_view between = ", ";
  std::vector<std::string> all;
  for (std::size_t start = 0;;) {
    const std::size_t end = values.find(between, start);
    all.push_back(values.substr(start, end - start));
    if (end == std::string::npos) return all;
    start = end + between.size();
  }
}

std::string as_counts(const std::vector<Entry>& all, letter::Day today, const Front& front) {
  struct Heading {
    const char *fr, *en, *column;
  };
  constexpr std::array<Heading, 3> headings{
      {{"Produit", "Product", "product"}, {"Motif", "Reason", "reason"}, {"Issue", "Outcome", "outcome"}}};
  std::vector<std::vector<std::string>> rows;
  std::vector<Entry> counted;
  std::ranges::copy_if(all, std::back_inserter(counted), counts);
  const auto add = [&rows](const std::string& heading, const std::map<std::string, std::uint64_t>& counts) {
    for (const auto& [value, count] : counts)
      rows.push_back({heading, value.empty() ? "-" : value, std::to_string(count)});
  };
  for (const auto& [fr, en, column] : headings) {
    std::map<std::string, std::uint64_t> values;
    for (const Entry& entry : counted)
      for (const std::string& value : each_of(entry.at(column))) ++values[value];
    add(front.tell(fr, en), values);
  }
  std::map<std::string, std::uint64_t> delays;
  for (const Entry& entry : counted) ++delays[delay_of(entry, today)];
  add(front.tell("Délai", "Delay"), delays);
  rows.push_back({front.tell("Total", "Total"), "", std::to_string(counted.size())});
  return table({{front.tell("Par", "By")},
                {front.tell("Valeur", "Value")},
                {front.tell("Dossiers", "Cases"), Side::right}},
               rows);
}

int register_of_complaints(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto all = entries(*config, arguments);
  if (!all) return fail(front, exit_code_of(all.error()), all.error());
  const std::string text = arguments.has("--counts") ? as_counts(*all, letter::paris_day(front.now()), front)
                           : arguments.has("--json") ? as_json(*all)
                                                     : as_csv(*all);
  return put_out(arguments, front, text);
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
