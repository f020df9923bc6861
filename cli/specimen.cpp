// `vaguemestre specimen`: painted scans whose truth is known, for trying the house out.
#include "models/workshop/specimen.hpp"

#include <algorithm>

#include "cli/commands.hpp"

namespace cli {
namespace {

constexpr std::uint64_t most_specimens = 100000;

int specimen(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const std::uint64_t count = arguments.whole("--count", 1);
  if (count < 1 || count > most_specimens)
    return fail(front, belt::exit_usage,
                {"usage.value", "--count va de 1 à 100000.", "--count goes from 1 to 100000."});
  const auto forms = ocr::load_forms(config->models_dir);
  if (!forms) return fail(front, belt::exit_missing, forms.error());
  const auto wanted = arguments.text("--form", "reclamation");
  const auto form =
      std::find_if(forms->begin(), forms->end(), [&](const ocr::Form& one) { return one.id == wanted; });
  if (form == forms->end())
    return fail(front, belt::exit_bad_input, {"form.unknown", "Formulaire inconnu.", "Unknown form."});
  const std::string faces = arguments.text("--faces", "any");
  if (faces != "any" && faces != "seen" && faces != "unseen")
    return fail(front, belt::exit_usage,
                {"usage.value", "--faces vaut any, seen ou unseen.", "--faces is any, seen or unseen."});
  const auto wanted_faces = faces == "any"    ? workshop::Faces::any
                            : faces == "seen" ? workshop::Faces::seen
                                              : workshop::Faces::unseen;
  const letter::Day arrived = arguments.day("--arrived").value_or(letter::paris_day(front.now()));
  const auto written = workshop::write_specimens(arguments.text("--out"), static_cast<std::uint32_t>(count),
                                                 arguments.whole("--seed", 1), *form, arrived, wanted_faces);
  if (!written) return fail(front, belt::exit_file_access, written.error());
  for (const auto& path : *written) front.out << path.string() << "\n";
  return belt::exit_ok;
}

}  // namespace

Command specimen_command() {
  return {"specimen",
          "peint des lettres d'essai et leur vérité (NOM.truth.json)",
          "paints trial letters and their truth (NAME.truth.json)",
          "vaguemestre specimen --count 24 --seed 1 --out ./essais",
          {{"--count", Kind::whole, "N", "combien de lettres", "how many letters", true},
           {"--seed", Kind::whole, "N", "graine : mêmes lettres, mêmes octets",
            "seed: same letters, same bytes", true},
           {"--out", Kind::path, "DOSSIER", "où les écrire", "where to write them", true},
           {"--arrived", Kind::day, "AAAA-MM-JJ", "jour d'arrivée (défaut : aujourd'hui)",
            "day of arrival (default: today)"},
           {"--faces", Kind::text, "CHOIX",
            "écritures et caractères : any, seen (permis à l'apprentissage) ou unseen (jamais vus)",
            "faces: any, seen (training may use them) or unseen (no training ever does)"},
           {"--form", Kind::text, "ID", "formulaire (défaut : reclamation)", "form (default: reclamation)"},
           config_option()},
          specimen};
}

}  // namespace cli
