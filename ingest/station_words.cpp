#include "ingest/station_words.hpp"

#include <algorithm>

#include "ingest/envelope_words.hpp"
#include "letter/filed.hpp"

namespace ingest {
namespace {

letter::Result<StationWords> wrong(const std::string& word, const std::string& fr, const std::string& en) {
  return letter::fault("usage." + word, fr, en);
}

bool is_station_name(const std::string& name) {
  return !name.empty() && name.size() <= 16 &&
         std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

// Sets the option; a word about what is wrong with its value, or "".
std::string set(StationWords& words, const std::string& option, const std::string& value) {
  if (option == "--hot-folder") words.hot_folder = value;
  if (option == "--config" || option == "--state")
    words.daemon_words.insert(words.daemon_words.end(), {option, value});
  if (option == "--name" || option == "--station") {
    words.name = value;
    if (!is_station_name(value)) return "name";
  }
  if (option == "--box") {
    const auto box = letter::parse_post_box(value);
    if (!box) return "box";
    words.box = *box;
  }
  if (option == "--arrived") {
    const auto day = letter::parse_day(value);
    if (!day) return "arrived";
    words.arrived_on = *day;
  }
  if (option == "--to") {
    words.handed.joins = value;
    if (!letter::parse_case_ref(value)) return "to";
  }
  if (option == "--pages-per-letter") {
    const bool digits = !value.empty() && value.size() <= 3 &&
                        std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits || std::stoul(value) > page::max_pages) return "pages";
    words.pages_per_letter = static_cast<std::uint32_t>(std::stoul(value));
  }
  return "";
}

// Sets what has no value; false: no such word.
bool set_flag(StationWords& words, const std::string& word) {
  if (word == "--once") return words.once = true;
  if (word == "--help") return words.help = true;
  if (word == "--sealed") return words.sealed = true;
  if (word == "--say") return words.says = true;
  if (word == "--form-separates") return words.form_separates = true;
  return false;
}

bool is_option(const std::string& word) {
  static const std::vector<std::string> options{
      "--hot-folder", "--config",           "--state",    "--name",    "--station",  "--box", "--arrived",
      "--to",         "--pages-per-letter", "--postmark", "--deposit", "--franking", "--lrar"};
  return std::ranges::find(options, word) != options.end();
}

letter::Result<StationWords> wrong_value(const std::string& what) {
  if (what == "name")
    return wrong(what, "Un nom de poste a 1 à 16 signes, A-Z et 0-9.",
                 "A station's name has 1 to 16 of A-Z 0-9.");
  if (what == "box")
    return wrong(what, "La boîte est « TSA 20202 », « CS 30027 », « TSA 90200 » ou « none ».",
                 "The box is \"TSA 20202\", \"CS 30027\", \"TSA 90200\" or \"none\".");
  if (what == "to")
    return wrong(what, "Une référence de dossier s'écrit 2026-0001234-57.",
                 "A case reference reads 2026-0001234-57.");
  if (what == "pages")
    return wrong(what, "--pages-per-letter : un nombre de 0 à 200.",
                 "--pages-per-letter: a number from 0 to 200.");
  return wrong(what, "Une date s'écrit 2026-11-23 et n'est pas dans le futur.",
               "A date reads 2026-11-23 and does not lie in the future.");
}

// What is keyed is of one envelope.
letter::Result<void> check_envelope(const StationWords& words, letter::Day today) {
  if (words.handed.envelope == letter::Envelope{}) return {};
  if (!words.once || words.files.size() > 1)
    return letter::fault("usage.envelope",
                         "--postmark, --deposit, --franking et --lrar valent pour un seul fichier, un pli.",
                         "--postmark, --deposit, --franking and --lrar are for one file, one envelope.");
  if (const auto doubt = letter::doubt_about(words.handed.envelope, words.arrived_on, today))
    return tl::unexpected(*doubt);
  return {};
}

}  // namespace

letter::Result<StationWords> read_words(const std::vector<std::string>& words, letter::Day today) {
  StationWords found;
  bool files_only = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (files_only || !word.starts_with("--")) {
      found.files.emplace_back(word);
    } else if (word == "--") {
      files_only = true;
    } else if (set_flag(found, word)) {
      continue;
    } else if (is_option(word) && i + 1 < words.size()) {
      const std::string what = set(found, word, words[++i]);
      if (!what.empty()) return wrong_value(what);
      if (const auto keyed = key(found.handed.envelope, word.substr(2), words[i]); !keyed)
        return tl::unexpected(keyed.error());
    } else {
      return wrong("option", "Option inconnue ou sans valeur : " + word,
                   "Unknown option, or its value is missing: " + word);
    }
  }
  if (found.help) return found;
  if (found.arrived_on.ok() && found.arrived_on > today) return wrong_value("arrived");
  if (const auto wrong_envelope = check_envelope(found, today); !wrong_envelope)
    return tl::unexpected(wrong_envelope.error());
  if (found.once && found.files.empty())
    return wrong("files", "Aucun fichier à envoyer.", "No file to send.");
  if (!found.once && !found.files.empty())
    return wrong("files", "Des fichiers ne se donnent qu'avec --once.", "Files are given with --once only.");
  if (!found.once && found.hot_folder.empty())
    return wrong("hot_folder", "Il manque --hot-folder DOSSIER.", "--hot-folder DIR is missing.");
  return found;
}

const char* station_help() {
  return "vaguemestre-station --hot-folder DOSSIER [--box BOITE] [--name POSTE] [--arrived AAAA-MM-JJ]\n"
         "                    [--pages-per-letter N] [--form-separates] [--sealed] [--say] [--config "
         "FICHIER]\n"
         "                    [--state DOSSIER]\n"
         "vaguemestre-station --once FICHIER... [--box BOITE] [--to REF] [--sealed] [...]\n"
         "vaguemestre-station --once FICHIER [--postmark JOUR] [--deposit JOUR] [--franking JOUR] [--lrar "
         "NUMERO]\n"
         "\n"
         "Surveille un dossier où un scanner dépose des fichiers et envoie chaque courrier ; avec --once,\n"
         "envoie ces fichiers une fois.\n"
         "Watches a folder where a scanner puts files and sends every letter; with --once, sends these "
         "files\n"
         "once.\n"
         "\n"
         "  --box                \"TSA 20202\", \"CS 30027\", \"TSA 90200\", none\n"
         "  --arrived            jour où La Poste a livré (défaut : jour de réception) / day of delivery\n"
         "  --name               nom du poste, A-Z 0-9 (défaut : réglage station_name ; --once : GUICHET)\n"
         "  --pages-per-letter   coupe TIFF et PDF toutes les N pages (défaut : aux feuilles séparatrices)\n"
         "  --form-separates     la première page d'un formulaire commence un courrier (réglage "
         "form_first_page)\n"
         "                       / a form's first page begins a letter\n"
         "  --sealed             plis fermés : rien n'est lu / closed envelopes: nothing is read\n"
         "  --say                dit aussi à l'écran ce qui se passe / tells the terminal too\n"
         "  --postmark, --deposit, --franking, --lrar   ce que dit l'enveloppe : cachet, dépôt du "
         "recommandé,\n"
         "                       machine à affranchir, numéro / what the envelope says. Dans un dossier de\n"
         "                       dépôt, par le nom du fichier / in a hot folder by the file's name:\n"
         "                       \"pli cachet=2026-11-18 depot=2026-11-17 lrar=1A12345678901.tif\"\n"
         "  --to                 ajoute au dossier de cette référence / adds to the case of that reference\n"
         "\n"
         "Exemple : vaguemestre-station --hot-folder /srv/scan --box \"TSA 20202\"\n"
         "Codes : 0 tout est reçu ou fin demandée, 1 usage, 2 un courrier est refusé, 4 pas de reçu en 30 s "
         "(le\n"
         "courrier est noté et partira au prochain envoi), 6 panne, 78 réglages. / 0 all received or asked "
         "to\n"
         "stop, 1 usage, 2 a letter was refused, 4 no receipt within 30 s (it is journalled and will be "
         "sent\n"
         "next time), 6 something is broken, 78 settings.\n";
}

}  // namespace ingest
