// `vaguemestre queue`: what waits at a desk, or at all of them.
#include "cli/case_table.hpp"
#include "cli/commands.hpp"
#include "cli/letter_tree.hpp"
#include "cli/registry.hpp"
#include "cli/rules.hpp"
#include "router/alarm.hpp"

namespace cli {
namespace {

letter::Tree rows_tree(const std::vector<letter::CaseRow>& rows, letter::Day today,
                       const router::ClockRules& rules) {
  auto list = letter::Tree::list();
  for (const auto& row : rows) {
    auto tree = tree_of(row);
    tree.set("alarm", router::id(router::alarm_of(row, today, rules)));
    list.push(std::move(tree));
  }
  return list;
}

int queue(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto rules = clock_rules(config->rules);
  if (!rules) return fail(front, belt::exit_config, rules.error());
  const bool all = arguments.has("--all");
  if (all == arguments.has("QUEUE"))
    return fail(front, belt::exit_usage,
                {"usage.queue", "Il faut une bannette, ou --all.", "Name one queue, or say --all."});
  const auto rows =
      all ? every_case(*config) : cases_of(*config, *letter::parse_queue(arguments.text("QUEUE")));
  if (!rows) return fail(front, exit_code_of(rows.error()), rows.error());
  if (arguments.has("--json")) {
    front.out << letter::dump_json(rows_tree(*rows, letter::paris_day(front.now()), *rules)) << "\n";
    return belt::exit_ok;
  }
  front.out << case_table(*rows, front, &*rules);
  if (all) front.out << "\n" << queue_counts(*rows, front);
  return belt::exit_ok;
}

}  // namespace

Command queue_command() {
  return {
      "queue",
      "montre les dossiers d'une bannette, du plus urgent au moins urgent, ou tous",
      "shows the cases of a queue, most urgent first, or all of them",
      "vaguemestre queue frais_sante --state ./etat",
      {{"QUEUE", Kind::queue, "", "la bannette, par exemple frais_sante",
        "the queue, frais_sante for example"},
       {"--all", Kind::flag, "", "toutes les bannettes, avec leurs comptes", "all queues, with their counts"},
       json_option(),
       state_option(),
       config_option()},
      queue};
}

}  // namespace cli
