#include "post/draft.hpp"

#include <algorithm>
#include <array>

#include "letter/fields.hpp"

namespace post {

using letter::CaseFile;
using letter::CaseRow;
using letter::Field;
using letter::Outgoing;
using letter::PersonalText;
using letter::Queue;

namespace {

// What a letter may call its subject: never a word of health, though the queue's own name may be one.
std::string subject_of(Queue queue) {
  switch (queue) {
    case Queue::incapacite_invalidite:
      return "vos prestations de prévoyance";
    case Queue::deces_rente_dependance:
      return "les prestations d'un contrat de prévoyance";
    case Queue::designation_beneficiaires:
      return "la désignation de bénéficiaires";
    case Queue::entreprise:
      return "le contrat de votre entreprise";
    case Queue::frais_sante:
      return "votre contrat complémentaire";
    default:
      return "votre dossier";
  }
}

struct Motive {
  std::string_view field, says;
};
constexpr std::array<Motive, 5> motives{{{"MOT_DELAI", "délai de traitement"},
                                         {"MOT_REFUS", "refus"},
                                         {"MOT_MONTANT", "montant ou calcul"},
                                         {"MOT_INFO", "information ou qualité de réponse"},
                                         {"MOT_COTIS", "cotisations"}}};

std::string object_of(const CaseFile& file) {
  const auto queue = letter::parse_queue(file.row.queue);
  ENSURE(queue.has_value());
  std::string said;
  for (const auto& [field, says] : motives)
    if (letter::is_ticked(file.letters, field)) said += (said.empty() ? " (" : ", ") + std::string(says);
  return subject_of(*queue) + said + (said.empty() ? "" : ")");
}

std::string circumstances_of(const CaseFile& file) {
  for (auto event = file.history.rbegin(); event != file.history.rend(); ++event)
    if (event->verb == "held_up")
      if (const auto found = event->what.find("circumstances"); found != event->what.end())
        return found->second;
  return "";
}

std::string day_or_nothing(const std::optional<letter::Day>& day) { return day ? letter::french(*day) : ""; }

// When the post brought its first letter, as the station said it; a scan may come days later.
letter::Day arrival_of(const CaseFile& file) {
  letter::Day first = letter::paris_day(file.row.received_at);
  for (const auto& sorted : file.letters)
    if (const letter::Day day = sorted.read.letter.arrived_on; day.ok()) first = std::min(first, day);
  return first;
}

struct Part {
  std::string text;
  bool sure = false;
};

Part part(const CaseFile& file, std::string_view id) {
  const Field* field = letter::find_read(file.letters, {id});
  if (!field) return {};
  return {field->text.reveal(), field->verdict == letter::Verdict::accepted};
}

Part beside(const Part& one, const Part& other) {
  const std::string between = one.text.empty() || other.text.empty() ? "" : " ";
  return {one.text + between + other.text, one.sure && other.sure};
}

Part name_on_form(const CaseFile& file) {
  if (letter::is_ticked(file.letters, "QUAL_ENTREPRISE")) return part(file, "RAISON_SOCIALE");
  Part name = part(file, "NOM_USAGE");
  if (name.text.empty()) name = part(file, "NOM_NAISSANCE");
  return beside(part(file, "PRENOM"), name);
}

}  // namespace

const std::vector<std::string>& template_words() {
  static const std::vector<std::string> all{
      "date",           "reference",      "recue_le",      "envoyee_le",      "base_date_envoi",
      "objet",          "repondre_avant", "mediation_des", "mediation_avant", "premiere_reclamation",
      "mauvaise_boite", "bonne_adresse",  "circonstances", "reponse_promise"};
  return all;
}

std::string template_name(const CaseRow& row, Outgoing kind) {
  if (kind == Outgoing::holding) return "attente.txt";
  if (kind == Outgoing::redirection) return "avis_transmission.txt";
  return row.queue == letter::id(Queue::frais_sante) ? "transmission.txt" : "accuse_reception.txt";
}

Words words_of(const CaseFile& file, Outgoing kind, letter::Day today) {
  const CaseRow& row = file.row;
  const auto queue = letter::parse_queue(row.queue);
  ENSURE(queue.has_value() && row.deadlines.has_value());
  const bool wrong_box = letter::is_wrong_box(row.box, *queue);
  const bool may_be_told = wrong_box && *queue != Queue::dossiers_medicaux && *queue != Queue::frais_sante;
  const std::map<std::string, std::string> said{
      {"date", letter::french(today)},
      {"reference", row.ref},
      {"recue_le", letter::french(arrival_of(file))},
      {"envoyee_le", letter::french(row.sent_on.date)},
      {"base_date_envoi", std::string(letter::french(row.sent_on.basis))},
      {"objet", object_of(file)},
      {"repondre_avant", letter::french(row.deadlines->answer_due)},
      {"mediation_des", letter::french(row.deadlines->mediation_open)},
      {"mediation_avant", letter::french(row.deadlines->mediation_last)},
      {"premiere_reclamation", day_or_nothing(row.first_complaint)},
      {"mauvaise_boite", may_be_told ? std::string(letter::id(row.box)) : ""},
      {"bonne_adresse", may_be_told ? std::string(letter::destination(*queue)) : ""},
      {"circonstances", kind == Outgoing::holding ? circumstances_of(file) : ""},
      {"reponse_promise", kind == Outgoing::acknowledgement ? "" : day_or_nothing(row.answer_told)}};
  Words words;
  for (const auto& [name, text] : said) words[name] = PersonalText(text);
  return words;
}

Addressee addressee_of(const CaseFile& file) {
  Addressee found;
  found.by_mail =
      letter::is_ticked(file.letters, "REP_EMAIL") && !letter::is_ticked(file.letters, "REP_COURRIER");
  const Part name = name_on_form(file), street = part(file, "ADR_VOIE"),
             town = beside(part(file, "ADR_CP"), part(file, "ADR_VILLE"));
  std::string lines;
  for (const Part& one : {name, street, town})
    if (!one.text.empty()) lines += one.text + "\n";
  found.is_sure = name.sure && street.sure && town.sure;
  if (lines.empty()) {
    const Part sender = part(file, "EXPEDITEUR");
    lines = sender.text.empty() ? file.row.complainant.reveal() + "\n" : sender.text + "\n";
    found.is_sure = sender.sure;
  }
  found.lines = PersonalText(lines);
  return found;
}

}  // namespace post
