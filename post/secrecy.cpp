#include "post/secrecy.hpp"

#include <algorithm>
#include <array>

namespace post {

namespace {

// Stems, folded, as they begin a word. Only what names illness, care or its results: "santé" is in the name
// of half the services of an insurer.
constexpr std::array<std::string_view, 42> stems{
    "MALADI",         "MALADE",           "CANCER",        "TUMEUR",           "CHIMIO",         "DEPRESSI",
    "BURN",           "ANXIETE",          "PSYCHIA",       "PSYCHOL",          "HOSPITAL",       "CHIRURG",
    "OPERATION CHIR", "INVALID",          "INCAPACIT",     "HANDICAP",         "INFIRMI",        "INAPTITU",
    "DEPENDANCE",     "GROSSESSE",        "ACCOUCH",       "DIAGNOSTI",        "PATHOLOG",       "SYMPTOM",
    "TRAITEMENT MED", "MEDICAMENT",       "ORDONNANCE",    "PRESCRIPTION MED", "CERTIFICAT MED", "EXAMEN MED",
    "EXPERTISE MED",  "ARRET DE TRAVAIL", "ARRET MALADIE", "AFFECTION",        "BLESSUR",        "FRACTURE",
    "CARDIA",         "DIABET",           "DENTAIRE",      "OPTIQUE",          "PROTHESE",       "THERAPEUT"};

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

bool names_health(const std::string& folded) {
  return std::ranges::any_of(stems, [&folded](std::string_view stem) {
    for (std::size_t at = folded.find(stem); at != std::string::npos; at = folded.find(stem, at + 1))
      if (at == 0 || !is_letter(folded[at - 1])) return true;
    return false;
  });
}

}  // namespace

letter::Result<void> is_discreet(const letter::PersonalText& text) {
  if (names_health(letter::folded(text.reveal())))
    return letter::fault("post.health_word",
                         "La lettre parle de santé : elle ne part pas. Écrire les circonstances autrement.",
                         "The letter speaks of health: it does not leave. Word the circumstances otherwise.");
  return {};
}

}  // namespace post
