// `vaguemestre train triage`: remakes the model of the sorter and says what it is worth; with what desks
// corrected it makes a candidate, which a person switches on (`vaguemestre triage`).
#include "classify/train.hpp"

#include "classify/choice.hpp"
#include "cli/commands.hpp"
#include "cli/offline.hpp"
#include "cli/training.hpp"
#include "letter/when.hpp"

namespace cli {
namespace {

// Where a candidate is made: beside the one in use, with its own copy of rules and concepts.
letter::Result<std::filesystem::path> new_candidate(const belt::Config& config, const Front& front) {
  const auto dir = classify::candidates_dir(config.state_dir) / letter::iso(letter::paris_day(front.now()));
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  for (const char* file : {"rules.toml", "concepts.toml"}) {
    std::filesystem::copy_file(config.models_dir / "triage" / file, dir / file,
                               std::filesystem::copy_options::overwrite_existing, error);
    if (error)
      return letter::fault("train.write", "Le modèle candidat n'a pas pu être écrit.",
                           "The candidate model could not be written.");
  }
  return dir;
}

int train_triage(const Arguments& arguments, const belt::Config& config, Front& front) {
  const auto triage = config.models_dir / "triage";
  const classify::Lessons lessons{arguments.text("--corpus", (triage / "corpus").string()),
                                  arguments.text("--with-corrections"), config.sort_wrong_per_1000};
  std::filesystem::path out = arguments.text("--out", triage.string());
  const bool candidate = !lessons.corrections.empty() && !arguments.has("--out");
  if (candidate && !arguments.has("--evaluate")) {
    const auto made = new_candidate(config, front);
    if (!made) return fail(front, belt::exit_bad_input, made.error());
    out = *made;
  }
  const auto evaluation =
      arguments.has("--evaluate") ? classify::evaluate_corpus(lessons) : classify::train(lessons, out);
  if (!evaluation) return fail(front, belt::exit_bad_input, evaluation.error());
  front.out << classify::text(*evaluation, front.lang != "en");
  if (candidate && !arguments.has("--evaluate"))
    front.out << front.tell("candidat, pas encore en service : ", "candidate, not yet switched on: ")
              << out.filename().string() << "\n";
  return belt::exit_ok;
}

int train(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  if (arguments.text("MODEL") == "confidence") return train_confidence(arguments, front);
  if (arguments.text("MODEL") != "triage")
    return fail(front, belt::exit_usage,
                {"usage.model", "Seuls les modèles « triage » et « confidence » s'apprennent ici.",
                 "Only the models \"triage\" and \"confidence\" are trained here."});
  return train_triage(arguments, *config, front);
}

}  // namespace

Command train_command() {
  return {
      "train",
      "réapprend un modèle (triage, confidence) et dit ce qu'il vaut",
      "trains a model anew (triage, confidence) and tells what it is worth",
      "vaguemestre train triage",
      {{"MODEL", Kind::text, "", "le modèle : triage ou confidence", "the model: triage or confidence", true},
       {"DIR", Kind::path, "", "pour confidence : des scans et leur vérité (vaguemestre specimen)",
        "for confidence: scans and their truth (vaguemestre specimen)", false, true},
       {"--cells", Kind::path, "FICHIER",
        "pour confidence : les cases remplies d'un côté (models/workshop/reading/sureness.py)",
        "for confidence: filled combs from here instead (models/workshop/reading/sureness.py)"},
       {"--corpus", Kind::path, "DOSSIER", "lettres annotées (défaut : celles des modèles)",
        "labelled letters (default: the models' own)"},
       {"--with-corrections", Kind::path, "FICHIER",
        "ce que les bannettes ont corrigé (vaguemestre corrections) : fait un candidat, sans le mettre en "
        "service",
        "what desks corrected (vaguemestre corrections): makes a candidate, without switching it on"},
       {"--out", Kind::path, "DOSSIER", "où écrire le modèle (défaut : à sa place)",
        "where to write the model (default: in its place)"},
       {"--evaluate", Kind::flag, "", "mesurer sans rien écrire", "measure, write nothing"},
       readers_option(),
       insecure_option(),
       state_option(),
       config_option()},
      train};
}

}  // namespace cli
