// `vaguemestre specimen`: painted scans whose truth is known, for trying the house out.
#include "cli/commands.hpp"
#include "cli/offline.hpp"
#include "cli/painting.hpp"

namespace cli {
namespace {

int specimen(const Arguments& arguments, Front& front) {
  const auto written = paint_into(arguments.text("--out"), arguments.whole("--count", 1), arguments, front);
  if (!written) return fail(front, exit_code_for(written.error()), written.error());
  for (const auto& path : *written) front.out << path.string() << "\n";
  return belt::exit_ok;
}

std::vector<Option> options() {
  std::vector<Option> all{{"--count", Kind::whole, "N", "combien de lettres", "how many letters", true},
                          {"--out", Kind::path, "DOSSIER", "où les écrire", "where to write them", true}};
  for (const Option& option : painting_options()) all.push_back(option);
  all.push_back(config_option());
  return all;
}

}  // namespace

Command specimen_command() {
  return {"specimen",
          "peint des lettres d'essai et leur vérité (NOM.truth.json)",
          "paints trial letters and their truth (NAME.truth.json)",
          "vaguemestre specimen --count 24 --seed 1 --out ./essais",
          options(),
          specimen};
}

}  // namespace cli
