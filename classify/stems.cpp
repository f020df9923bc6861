#include "classify/stems.hpp"

#include <algorithm>
#include <array>

namespace classify {

std::string stem_of(std::string_view word) {
  constexpr std::size_t stem_at_least = 4;
  // The first that fits is taken: longer ones before those that they end in.
  static constexpr auto endings = std::to_array<std::string_view>(
      {"ISSEMENTS", "ISSEMENT", "ATIONS", "ATION", "EMENTS", "EMENT", "ITES", "ITE",   "EUSES",
       "EUSE",      "TRICES",   "TRICE",  "IQUES", "IQUE",   "ANCES", "ANCE", "ENCES", "ENCE",
       "ABLES",     "ABLE",     "AIENT",  "ERONT", "ERAIT",  "ERAIS", "ERAI", "EREZ",  "IONS",
       "ANTES",     "ANTE",     "ANTS",   "ANT",   "EES",    "EE",    "ES",   "ER",    "EZ",
       "AIT",       "AIS",      "IR",     "IS",    "IT",     "E",     "S",    "X",     "T"});
  for (const std::string_view ending : endings) {
    if (word.size() >= ending.size() + stem_at_least && word.ends_with(ending))
      return std::string(word.substr(0, word.size() - ending.size()));
  }
  return std::string(word);
}

bool is_silent(std::string_view word) {
  static constexpr auto silent = std::to_array<std::string_view>(
      {"A",   "AI",  "AU", "AUX",  "AVEC", "AVEZ", "C",   "CE",    "CES",  "CET",   "CETTE", "D",    "DANS",
       "DE",  "DES", "DU", "ELLE", "EN",   "EST",  "ET",  "IL",    "J",    "JE",    "L",     "LA",   "LE",
       "LES", "M",   "MA", "ME",   "MES",  "MON",  "NOS", "NOTRE", "NOUS", "ON",    "PAR",   "POUR", "QU",
       "QUE", "QUI", "S",  "SE",   "SONT", "SUR",  "UN",  "UNE",   "VOS",  "VOTRE", "VOUS",  "Y"});
  return std::find(silent.begin(), silent.end(), word) != silent.end();
}

}  // namespace classify
