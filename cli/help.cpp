// `--help`, French first: made from the table of commands, so that none can lack an example.
#include <algorithm>
#include <map>

#include "cli/command.hpp"
#include "cli/table.hpp"

namespace cli {
namespace {

constexpr const char* exit_codes_fr =
    "Codes de sortie : 0 fait, 1 mauvais usage, 2 mauvaise entrée, 3 élément manquant, 4 pas de réponse,\n"
    "  5 fichier inaccessible, 6 panne, 7 écart inexpliqué, 9 réglages faux, 78 réglages faux (démons), 130 "
    "interrompu.\n";
constexpr const char* exit_codes_en =
    "Exit codes: 0 done, 1 wrong usage, 2 bad input, 3 something missing, 4 no answer,\n"
    "  5 file not accessible, 6 broken, 7 unexplained, 9 wrong settings, 78 wrong settings (daemons), 130 "
    "interrupted.\n";

// Placeholders stand in the table in French; these are their English names.
std::string placeholder(const std::string& french, bool english) {
  static const std::map<std::string, std::string> names{
      {"FICHIER", "FILE"},      {"DOSSIER", "DIR"}, {"BANNETTE", "QUEUE"},       {"BOITE", "BOX"},
      {"IDENTITE", "IDENTITY"}, {"NOM", "NAME"},    {"AAAA-MM-JJ", "YYYY-MM-DD"}};
  const auto found = names.find(french);
  return english && found != names.end() ? found->second : french;
}

std::string shown(const Option& option, bool english) {
  std::string text = option.name;
  if (!option.shows.empty()) text += " " + placeholder(option.shows, english);
  return text;
}

std::string usage_of(const Option& option, bool english) {
  std::string text = shown(option, english);
  if (option.many) text += "...";
  return option.required ? text : "[" + text + "]";
}

std::string rows(const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::size_t widest = 0;
  for (const auto& [left, right] : pairs) widest = std::max(widest, display_width(left));
  std::string text;
  for (const auto& [left, right] : pairs)
    text += "  " + left + std::string(widest - display_width(left) + 2, ' ') + right + "\n";
  return text;
}

}  // namespace

std::string help(const std::vector<Command>& known, const std::string& lang) {
  const bool english = lang == "en";
  std::string text =
      english ? "Vaguemestre: receives, reads, sorts and files the complaint mail of a house.\n\n"
                "Usage: vaguemestre COMMAND [options]      (vaguemestre COMMAND --help)\n\nCommands:\n"
              : "Vaguemestre : reçoit, lit, trie et classe le courrier de réclamation d'une maison.\n\n"
                "Usage : vaguemestre COMMANDE [options]     (vaguemestre COMMANDE --help)\n\nCommandes :\n";
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& command : known) pairs.emplace_back(command.name, english ? command.en : command.fr);
  text += rows(pairs);
  text += english ? "\nEverywhere: --lang fr|en, --help.\n" : "\nPartout : --lang fr|en, --help.\n";
  text += english
              ? "\nExample:\n  vaguemestre run --state ./state --hot-folder ./hot --box \"TSA 20202\"\n\n"
              : "\nExemple :\n  vaguemestre run --state ./etat --hot-folder ./depot --box \"TSA 20202\"\n\n";
  return text + (english ? exit_codes_en : exit_codes_fr);
}

std::string help(const Command& command, const std::string& lang) {
  const bool english = lang == "en";
  std::string text = "vaguemestre " + command.name + (english ? ": " : " : ") +
                     (english ? command.en : command.fr) + "\n\n" + (english ? "Usage: " : "Usage : ") +
                     "vaguemestre " + command.name;
  for (const auto& option : command.options) text += " " + usage_of(option, english);
  text += "\n";
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& option : command.options)
    pairs.emplace_back(shown(option, english), english ? option.en : option.fr);
  if (!pairs.empty()) text += "\n" + rows(pairs);
  text += (english ? "\nExample:\n  " : "\nExemple :\n  ") + command.example + "\n\n";
  return text + (english ? exit_codes_en : exit_codes_fr);
}

}  // namespace cli
