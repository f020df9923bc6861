#include "letter/service.hpp"

#include "letter/result.hpp"

namespace letter {
namespace {

struct QueueNames {
  std::string_view id, french, english, destination;
};

// In the order of `Queue`. The medical address repeats whose eyes alone may see the letter.
constexpr std::array<QueueNames, queue_count> queue_names{{
    {"incapacite_invalidite", "Incapacité – Invalidité", "Incapacity – disability",
     "TSA 20202, 69307 LYON CEDEX 07"},
    {"deces_rente_dependance", "Décès – Rente – Dépendance", "Death – annuity – dependency",
     "CS 30027, 93108 MONTREUIL CEDEX"},
    {"designation_beneficiaires", "Désignation de bénéficiaires", "Designation of beneficiaries",
     "TSA 20202, 69307 LYON CEDEX 07"},
    {"dossiers_medicaux", "Dossiers médicaux", "Medical files",
     "Médecin Conseil – secret médical, TSA 20202, 69307 LYON CEDEX 07"},
    {"entreprise", "Entreprise", "Companies", "TSA 90200, 69307 LYON CEDEX 07"},
    {"frais_sante", "Frais de santé", "Health expenses", "Centre de gestion de l'adhérent"},
    {"mediation", "Médiation", "Mediation", "Médiateur de la protection sociale (CTIP)"},
    {"non_reclamation", "Hors réclamation", "No complaint", "Contact habituel"},
    {"autre", "Autre – tri manuel", "Other – manual sorting", "Tri manuel"},
}};

const QueueNames& names(Queue queue) {
  const auto index = static_cast<std::size_t>(queue);
  ENSURE(index < queue_count);
  return queue_names[index];
}

constexpr std::array<std::pair<PostBox, std::string_view>, 4> box_ids{{{PostBox::none, ""},
                                                                       {PostBox::tsa_20202, "TSA 20202"},
                                                                       {PostBox::cs_30027, "CS 30027"},
                                                                       {PostBox::tsa_90200, "TSA 90200"}}};

// Upper case without spaces, the form in which two spellings of a box are the same.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '.' || c == '-' || c == '_') continue;
    out += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

}  // namespace

std::string_view id(Queue queue) { return names(queue).id; }
std::string_view french(Queue queue) { return names(queue).french; }
std::string_view english(Queue queue) { return names(queue).english; }
std::string_view destination(Queue queue) { return names(queue).destination; }

std::optional<Queue> parse_queue(std::string_view text) {
  for (const Queue queue : all_queues)
    if (id(queue) == text) return queue;
  return std::nullopt;
}

std::string_view id(PostBox box) {
  for (const auto& [known, text] : box_ids)
    if (known == box) return text;
  ENSURE(false);
  return "";
}

PostBox box_of(Queue queue) {
  switch (queue) {
    case Queue::incapacite_invalidite:
    case Queue::designation_beneficiaires:
    case Queue::dossiers_medicaux:
      return PostBox::tsa_20202;
    case Queue::deces_rente_dependance:
      return PostBox::cs_30027;
    case Queue::entreprise:
      return PostBox::tsa_90200;
    case Queue::frais_sante:
    case Queue::mediation:
    case Queue::non_reclamation:
    case Queue::autre:
      return PostBox::none;
  }
  ENSURE(false);
  return PostBox::none;
}

bool is_wrong_box(PostBox seen, Queue queue) {
  const bool anywhere = queue == Queue::non_reclamation || queue == Queue::autre;
  return seen != PostBox::none && !anywhere && box_of(queue) != seen;
}

std::optional<PostBox> parse_post_box(std::string_view text) {
  const std::string wanted = squeezed(text);
  if (wanted == "NONE") return PostBox::none;
  for (const auto& [box, known] : box_ids)
    if (squeezed(known) == wanted) return box;
  return std::nullopt;
}

}  // namespace letter
