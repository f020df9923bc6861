// `vaguemestre station` and `vaguemestre submit`: the station is its own program, this is its front door.
#include "cli/commands.hpp"
#include "cli/exec.hpp"

namespace cli {
namespace {

constexpr const char* counter_station = "GUICHET";

void add(std::vector<std::string>& words, const Arguments& arguments, const std::string& option) {
  if (arguments.has(option)) words.insert(words.end(), {option, arguments.text(option)});
}

int station(const Arguments& arguments, Front& front) {
  std::vector<std::string> words;
  for (const char* option :
       {"--hot-folder", "--box", "--arrived", "--station", "--pages-per-letter", "--state", "--config"})
    add(words, arguments, option);
  for (const char* flag : {"--form-separates", "--sealed"})
    if (arguments.has(flag)) words.emplace_back(flag);
  words.emplace_back("--say");
  return become(front, "vaguemestre-station", words);
}

int submit(const Arguments& arguments, Front& front) {
  std::vector<std::string> words{"--once", "--station", counter_station};
  for (const char* option : {"--box", "--to", "--arrived", "--postmark", "--deposit", "--franking", "--lrar",
                             "--state", "--config"})
    add(words, arguments, option);
  if (arguments.has("--sealed")) words.emplace_back("--sealed");
  words.emplace_back("--");
  for (const auto& file : arguments.texts("FILE")) words.push_back(file);
  return become(front, "vaguemestre-station", words);
}

Option box_option() {
  return {"--box",
          Kind::post_box,
          "BOITE",
          "boîte postale où le courrier est arrivé",
          "post box where the mail arrived",
          true};
}

Option sealed_option() {
  return {"--sealed", Kind::flag, "", "plis fermés : seul le dehors est numérisé, rien n'est lu",
          "closed envelopes: only the outside is scanned, nothing is read"};
}

Option arrived_option() {
  return {"--arrived", Kind::day, "AAAA-MM-JJ", "jour où La Poste a livré (défaut : jour de réception)",
          "day the post delivered (default: day of receipt)"};
}

}  // namespace

Command station_command() {
  return {"station",
          "surveille un dossier de dépôt et envoie chaque scan",
          "watches a hot folder and sends every scan",
          "vaguemestre station --hot-folder ./depot --box \"TSA 20202\" --state ./etat",
          {{"--hot-folder", Kind::path, "DOSSIER", "dossier de dépôt", "the hot folder", true},
           box_option(),
           arrived_option(),
           {"--station", Kind::text, "NOM", "nom de la station (défaut : réglage station_name)",
            "name of the station (default: setting station_name)"},
           {"--pages-per-letter", Kind::whole, "N",
            "coupe TIFF et PDF toutes les N pages (défaut : aux feuilles séparatrices)",
            "cuts TIFF and PDF every N pages (default: at separator sheets)"},
           {"--form-separates", Kind::flag, "",
            "la première page d'un formulaire commence un courrier (réglage form_first_page)",
            "a form's first page begins a letter (setting form_first_page)"},
           sealed_option(),
           state_option(),
           config_option()},
          station};
}

Command submit_command() {
  return {"submit",
          "envoie des scans une fois, sans dossier de dépôt",
          "sends scans once, without a hot folder",
          "vaguemestre submit lettre.tif --box \"TSA 20202\" --state ./etat",
          {{"FILE", Kind::path, "", "les scans", "the scans", true, true},
           box_option(),
           {"--to", Kind::text, "REF", "ajouter ces pages à ce dossier", "add these pages to that case"},
           arrived_option(),
           {"--postmark", Kind::day, "AAAA-MM-JJ", "cachet de la poste sur l'enveloppe (un seul fichier)",
            "postmark on the envelope (one file only)"},
           {"--deposit", Kind::day, "AAAA-MM-JJ", "dépôt du recommandé, d'après sa preuve de dépôt",
            "deposit of the registered letter, by its proof of deposit"},
           {"--franking", Kind::day, "AAAA-MM-JJ", "date de la machine à affranchir",
            "date of the franking machine"},
           {"--lrar", Kind::text, "NUMERO", "numéro du recommandé (13 signes)",
            "number of the registered letter (13 signs)"},
           sealed_option(),
           state_option(),
           config_option()},
          submit};
}

}  // namespace cli
