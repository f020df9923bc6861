// `vaguemestre train triage`: remakes the word model of the sorter and says what it is worth.
#include "classify/train.hpp"

#include "cli/commands.hpp"
#include "cli/offline.hpp"
#include "cli/training.hpp"

namespace cli {
namespace {

int train(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  if (arguments.text("MODEL") == "confidence") return train_confidence(arguments, front);
  if (arguments.text("MODEL") != "triage")
    return fail(front, belt::exit_usage,
                {"usage.model", "Seuls les modèles « triage » et « confidence » s'apprennent ici.",
                 "Only the models \"triage\" and \"confidence\" are trained here."});
  const auto triage = config->models_dir / "triage";
  const std::filesystem::path corpus = arguments.text("--corpus", (triage / "corpus").string());
  const auto evaluation =
      arguments.has("--evaluate")
          ? classify::evaluate_corpus(corpus, config->review_below)
          : classify::train(corpus, arguments.text("--out", (triage / "words.model").string()));
  if (!evaluation) return fail(front, belt::exit_bad_input, evaluation.error());
  front.out << classify::text(*evaluation, front.lang != "en");
  return belt::exit_ok;
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
       {"--corpus", Kind::path, "DOSSIER", "lettres annotées (défaut : celles des modèles)",
        "labelled letters (default: the models' own)"},
       {"--out", Kind::path, "FICHIER", "où écrire le modèle (défaut : à sa place)",
        "where to write the model (default: in its place)"},
       {"--evaluate", Kind::flag, "", "mesurer sans rien écrire", "measure, write nothing"},
       readers_option(),
       insecure_option(),
       config_option()},
      train};
}

}  // namespace cli
