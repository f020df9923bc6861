#include "cli/truth.hpp"

#include <array>

#include "letter/tree.hpp"

namespace cli {
namespace {

using letter::Tree;

tl::unexpected<letter::Reason> wrong_value(const std::string& key) {
  return letter::fault("truth.value", "La vérité d’un scan a une valeur inconnue sous « " + key + " ».",
                       "The truth of a scan has an unknown value under \"" + key + "\".");
}

// A list of texts, one a line.
std::string text_of(const Tree& tree) {
  if (!tree.is_list()) return tree.text_or("");
  std::string all;
  for (const Tree& one : tree.items()) all += (all.empty() ? "" : "\n") + one.text_or("");
  return all;
}

struct Named {
  const char* key;
  const char* field;
};
constexpr std::array<Named, 15> letter_fields{{{"sender", "EXPEDITEUR"},
                                               {"recipient", "DESTINATAIRE"},
                                               {"box", "BOITE"},
                                               {"place", "LIEU"},
                                               {"date", "DATE"},
                                               {"object", "OBJET"},
                                               {"member", "ADHERENT"},
                                               {"contract", "CONTRAT"},
                                               {"nir", "NIR"},
                                               {"file", "DOSSIER"},
                                               {"phone", "TELEPHONE"},
                                               {"email", "COURRIEL"},
                                               {"iban", "IBAN"},
                                               {"siret", "SIRET"},
                                               {"enclosures", "PIECES_JOINTES"}}};

bool is_name(const std::string& file) {
  return !file.empty() && file != "." && file != ".." && file.find('/') == std::string::npos &&
         file.find('\0') == std::string::npos;
}

letter::Result<void> take_sorting(const Tree& tree, Truth& truth) {
  if (const Tree* queue = tree.find("queue")) {
    truth.queue = letter::parse_queue(queue->text_or(""));
    if (!truth.queue) return wrong_value("queue");
  }
  if (const Tree* secondary = tree.find("secondary")) {
    const auto named = letter::parse_queue(secondary->text_or(""));
    if (!secondary->is_null() && !named) return wrong_value("secondary");
    truth.secondary = named;
  }
  if (const Tree* complaint = tree.find("is_complaint")) truth.is_complaint = complaint->flag_or(true);
  return {};
}

letter::Result<void> take_marks(const Tree& tree, Truth& truth) {
  if (const Tree* boxes = tree.find("boxes")) {
    truth.boxes.emplace();
    for (const auto& [id, value] : boxes->fields())
      (*truth.boxes)[id] = value.is_text() ? value.text_or("") : value.flag_or(false) ? "true" : "";
  }
  for (const auto& [id, value] : letter::value(tree, "ticks").fields()) {
    const auto state = letter::parse_tick_state(value.text_or(""));
    if (!state) return wrong_value("ticks");
    truth.ticks[id] = *state;
  }
  if (const Tree* signature = tree.find("signature")) truth.signature = signature->flag_or(false);
  return {};
}

void take_letter(const Tree& tree, Truth& truth) {
  const Tree* letter = tree.find("letter");
  if (!letter || !letter->is_object()) return;
  truth.letter.emplace();
  for (const auto& [key, field] : letter_fields)
    if (const std::string text = text_of(letter::value(*letter, key)); !text.empty())
      (*truth.letter)[field] = text;
}

letter::Result<void> take_envelope(const Tree& tree, Truth& truth) {
  const Tree* envelope = tree.find("envelope");
  if (!envelope || !envelope->is_object()) return {};
  truth.envelope.emplace();
  constexpr std::array<std::pair<const char*, letter::SentBasis>, 3> proofs{
      {{"deposit", letter::SentBasis::lrar_deposit},
       {"postmark", letter::SentBasis::postmark},
       {"franking", letter::SentBasis::franking}}};
  for (const auto& [key, basis] : proofs) {
    const std::string text = letter::value(*envelope, key).text_or("");
    if (text.empty()) continue;
    const auto day = letter::parse_day(text);
    if (!day) return wrong_value("envelope");
    (*truth.envelope)[basis] = *day;
  }
  return {};
}

// A word as it stands; of the workshop's 0..1 the third it lies in.
std::string difficulty_of(const Tree& tree) {
  if (!tree.is_number()) return tree.text_or("");
  const double share = tree.number_or(0);
  return share < 1.0 / 3 ? "mild" : share < 2.0 / 3 ? "middling" : "hard";
}

}  // namespace

letter::Result<Truth> parse_truth(const std::string& json) {
  const auto tree = letter::parse_json(json);
  if (!tree) return tl::unexpected(tree.error());
  Truth truth;
  truth.file = letter::value(*tree, "file").text_or("");
  if (!is_name(truth.file))
    return letter::fault("truth.file", "La vérité d’un scan ne nomme pas de scan de son dossier.",
                         "The truth of a scan names no scan of its folder.");
  for (const char* key :
       {"form", "queue", "secondary", "is_complaint", "hand", "boxes", "text", "letter_date", "signature"})
    if (!tree->find(key)) truth.absent.insert(key);
  if (const Tree* form = tree->find("form")) truth.form = form->text_or("");
  if (const auto taken = take_sorting(*tree, truth); !taken) return tl::unexpected(taken.error());
  if (const auto taken = take_marks(*tree, truth); !taken) return tl::unexpected(taken.error());
  truth.medium = letter::value(*tree, "medium").text_or("");
  truth.hand = letter::value(*tree, "hand").flag_or(truth.medium == "hand");
  if (const Tree* text = tree->find("text")) truth.text = text->text_or("");
  if (const Tree* date = tree->find("letter_date")) truth.letter_date = date->text_or("");
  take_letter(*tree, truth);
  if (const auto taken = take_envelope(*tree, truth); !taken) return tl::unexpected(taken.error());
  truth.paper = letter::value(*tree, "paper").text_or("");
  truth.difficulty = difficulty_of(letter::value(*tree, "difficulty"));
  return truth;
}

}  // namespace cli
