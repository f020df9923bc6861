#include "cli/field_words.hpp"

#include <array>

namespace cli {
namespace {

struct Word {
  std::string_view id, fr;
};

template <std::size_t n>
std::string look_up(const std::array<Word, n>& words, std::string_view id, const Front& front) {
  for (const auto& word : words)
    if (word.id == id) return front.tell(std::string(word.fr), std::string(id));
  return std::string(id);
}

}  // namespace

std::string word(letter::Verdict verdict, const Front& front) {
  if (verdict == letter::Verdict::to_confirm) return front.tell("à confirmer", "to confirm");
  return verdict == letter::Verdict::accepted ? front.tell("accepté", "accepted")
                                              : front.tell("non lu", "unread");
}

std::string word(letter::How how, const Front& front) {
  static constexpr std::array<Word, 4> words{
      {{"typed", "imprimé"}, {"hand", "manuscrit"}, {"tick", "case"}, {"barcode", "code-barres"}}};
  return look_up(words, letter::id(how), front);
}

std::string word(letter::TickState tick, const Front& front) {
  static constexpr std::array<Word, 4> words{
      {{"blank", "vide"}, {"ticked", "cochée"}, {"corrected", "corrigée"}, {"doubtful", "douteuse"}}};
  return look_up(words, letter::id(tick), front);
}

std::string evidence_word(std::string_view kind, const Front& front) {
  static constexpr std::array<Word, 5> words{
      {{"tick", "case"}, {"box", "boîte"}, {"word", "mot"}, {"role", "qui écrit"}, {"rule", "règle"}}};
  return look_up(words, kind, front);
}

std::string event_word(std::string_view verb, const Front& front) {
  static constexpr std::array<Word, 33> words{{{"filed", "classé"},
                                               {"closed", "clos"},
                                               {"opened", "ouvert"},
                                               {"claimed", "pris"},
                                               {"released", "rendu"},
                                               {"corrected", "corrigé"},
                                               {"requalified", "requalifié"},
                                               {"rerouted", "réaffecté"},
                                               {"split", "séparé"},
                                               {"joined", "réuni"},
                                               {"acknowledged", "accusé"},
                                               {"answered", "répondu"},
                                               {"held_up", "attente annoncée"},
                                               {"posted", "posté"},
                                               {"made_secret", "mis au secret"},
                                               {"withdrawn", "retiré"},
                                               {"undone", "annulé"},
                                               {"earlier_complaint", "réclamation antérieure"},
                                               {"joins_unknown", "dossier inconnu"},
                                               {"took_over", "a repris"},
                                               {"gave_back", "a rendu"},
                                               {"split_off", "séparé de"},
                                               {"join_proposed", "rapprochement proposé"},
                                               {"join_refused", "rapprochement refusé"},
                                               {"follows_ended", "suite d'un dossier clos"},
                                               {"blind_checked", "contrôlé à l'aveugle"},
                                               {"sibling_of_error", "même tri qu'une erreur"},
                                               {"handed_over", "remis"},
                                               {"history_read", "historique lu"},
                                               {"followed_by", "une suite est arrivée"},
                                               {"frozen", "gelé"},
                                               {"thawed", "gel levé"},
                                               {"purged", "contenu effacé"}}};
  return look_up(words, verb, front);
}

}  // namespace cli
