// `vaguemestre clock`: the regulator's dates for one sending date.
#include "cli/commands.hpp"
#include "cli/rules.hpp"
#include "cli/table.hpp"
#include "letter/tree.hpp"
#include "router/clocks.hpp"

namespace cli {
namespace {

letter::Tree as_tree(letter::Day sent, const letter::Deadlines& due) {
  auto tree = letter::Tree::object();
  tree.set("sent", letter::iso(sent));
  tree.set("ack_due", letter::iso(due.ack_due)).set("ack_post_by", letter::iso(due.ack_post_by));
  tree.set("answer_due", letter::iso(due.answer_due)).set("answer_post_by", letter::iso(due.answer_post_by));
  tree.set("mediation_open", letter::iso(due.mediation_open));
  tree.set("mediation_last", letter::iso(due.mediation_last));
  tree.set("rule_set", due.rule_set);
  return tree;
}

std::string as_text(letter::Day sent, const letter::Deadlines& due, const Front& front) {
  const auto row = [&](const char* fr, const char* en, letter::Day day) {
    return std::vector<std::string>{front.tell(fr, en), letter::iso(day)};
  };
  return table({{front.tell("Échéance", "Deadline")}, {"Date"}},
               {row("Envoyée le", "Sent on", sent),
                row("Accusé de réception dû le", "Acknowledgement due on", due.ack_due),
                row("  à poster au plus tard le", "  to be posted by", due.ack_post_by),
                row("Réponse due le", "Answer due on", due.answer_due),
                row("  à poster au plus tard le", "  to be posted by", due.answer_post_by),
                row("Médiation ouverte le", "Mediation opens on", due.mediation_open),
                row("Médiation, dernier jour", "Mediation, last day", due.mediation_last),
                {front.tell("Règles", "Rules"), due.rule_set}});
}

int clock(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto rules = clock_rules(config->rules);
  if (!rules) return fail(front, belt::exit_config, rules.error());
  const letter::Day sent = *arguments.day("--sent");
  const auto due = router::deadlines(sent, *rules);
  front.out << (arguments.has("--json") ? letter::dump_json(as_tree(sent, due)) + "\n"
                                        : as_text(sent, due, front));
  return belt::exit_ok;
}

}  // namespace

Command clock_command() {
  return {
      "clock",
      "calcule les échéances d'une réclamation d'après sa date d'envoi",
      "computes the deadlines of a complaint from its sending date",
      "vaguemestre clock --sent 2026-11-23 --json",
      {{"--sent", Kind::day, "AAAA-MM-JJ", "date d'envoi de la lettre", "the day the letter was sent", true},
       json_option(),
       config_option()},
      clock};
}

}  // namespace cli
