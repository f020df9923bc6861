// `vaguemestre case`: one case, its letters and everything that happened to it.
#include "cli/case_table.hpp"
#include "cli/commands.hpp"
#include "cli/letter_tree.hpp"
#include "cli/registry.hpp"

namespace cli {
namespace {

int show_case(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto ref = letter::parse_case_ref(arguments.text("REF"));
  if (!ref) return fail(front, belt::exit_bad_input, bad_case_ref());
  const auto file = EitherDesk(*config).open(letter::text(*ref));
  if (!file) return fail(front, exit_code_of(file.error()), file.error());
  front.out << (arguments.has("--json") ? letter::dump_json(tree_of(*file)) + "\n" : case_text(*file, front));
  return belt::exit_ok;
}

}  // namespace

Command case_command() {
  return {"case",
          "montre un dossier : lettres, échéances, historique (NIR masqué)",
          "shows a case: letters, deadlines, history (NIR masked)",
          "vaguemestre case 2026-0000001-59 --state ./etat",
          {{"REF", Kind::text, "", "référence du dossier", "reference of the case", true},
           json_option(),
           state_option(),
           config_option()},
          show_case};
}

}  // namespace cli
