#include "cli/case_notes.hpp"

#include <array>

#include "cli/mask.hpp"
#include "cli/table.hpp"
#include "letter/fields.hpp"

namespace cli {
namespace {

struct KeyWord {
  std::string_view kind, fr, en;
};
constexpr std::array<KeyWord, 8> key_words{
    {{"reference", "référence imprimée", "printed reference"},
     {"member", "numéro d'adhérent", "member number"},
     {"contract", "numéro de contrat", "contract number"},
     {"file", "numéro de dossier", "file number"},
     {"name_birth", "nom et date de naissance", "name and date of birth"},
     {"name_address", "nom et adresse", "name and address"},
     {"nir", "numéro de sécurité sociale", "social security number"},
     {"joins", "joint à l'envoi", "sent in for it"}}};

std::string key_word(std::string kind, const Front& front) {
  const bool near = !kind.empty() && kind.back() == '~';
  if (near) kind.pop_back();
  std::string text = kind;
  for (const auto& [known, fr, en] : key_words)
    if (known == kind) text = front.tell(std::string(fr), std::string(en));
  return near ? text + front.tell(" (à une erreur de lecture près)", " (but for a misreading)") : text;
}

// The first field that was read, by its id on the form or in a free letter, masked as on any screen.
std::string read_field(const letter::CaseFile& file, std::string_view on_form, std::string_view in_letter) {
  const auto* field = letter::find_read(file.letters, {on_form, in_letter});
  return field ? printable(nirs_masked(field->text.reveal())) : "";
}

}  // namespace

std::string because_words(const std::string& because, const Front& front) {
  std::string text;
  for (std::size_t start = 0; start <= because.size();) {
    const auto end = std::min(because.find('+', start), because.size());
    text += (text.empty() ? "" : ", ") + key_word(because.substr(start, end - start), front);
    start = end + 1;
  }
  return text;
}

std::string news_text(const letter::CaseRow& row, const Front& front) {
  if (row.news == 0) return "";
  return front.tell("Du nouveau : ", "News: ") + std::to_string(row.news) +
         front.tell(" courrier(s) ont rejoint ce dossier ; le délai le plus ancien est gardé.\n",
                    " letter(s) joined this case; the earliest clock is kept.\n");
}

std::string box_text(const letter::CaseRow& row, const Front& front) {
  const auto queue = letter::parse_queue(row.queue);
  if (!queue || !letter::is_wrong_box(row.box, *queue)) return "";
  const std::string seen(letter::id(row.box)), right(letter::destination(*queue));
  return front.tell("Mauvaise boîte : arrivée à ", "Wrong box: it arrived at ") + seen +
         front.tell(", à adresser à : ", ", to be addressed to: ") + right +
         front.tell(". Le délai court toujours depuis l'envoi.\n",
                    ". The clock still runs from its sending.\n");
}

std::string proposals_text(const letter::CaseFile& file, const Front& front) {
  if (file.proposals.empty()) return "";
  std::string text = front.tell("À décider : même affaire ?\n", "To decide: the same matter?\n");
  for (std::size_t i = 0; i < file.proposals.size(); ++i) {
    const auto& one = file.proposals[i];
    text += "  " + std::to_string(i + 1) + ". " + one.ref + "  " + one.queue + "  " +
            printable(nirs_masked(one.complainant.reveal())) + front.tell(", envoyée le ", ", sent ") +
            letter::iso(one.sent_on.date) + front.tell(" ; en commun : ", "; in common: ") +
            because_words(one.because, front) + "\n";
  }
  return text + front.tell("  o = oui, réunir au plus ancien des deux (1) ; n = non, deux affaires\n",
                           "  y = yes, join them under the older of the two (1); n = no, two matters\n");
}

std::string card_text(const letter::CaseFile& file, const Front& front) {
  if (file.row.queue != letter::id(letter::Queue::frais_sante)) return "";
  std::string text = front.tell("À transmettre au centre de gestion que dit la carte de tiers payant",
                                "To be passed on to the centre de gestion that the health card names");
  const std::array<std::pair<std::string, std::string>, 3> said{
      {{front.tell(" ; adhérent ", "; member "), read_field(file, "NUM_ADHERENT", "ADHERENT")},
       {front.tell(" ; contrat ", "; contract "), read_field(file, "NUM_CONTRAT", "CONTRAT")},
       {front.tell(" ; né(e) le ", "; born "), read_field(file, "DATE_NAISSANCE", "DATE_NAISSANCE")}}};
  for (const auto& [label, value] : said)
    if (!value.empty()) text += label + value;
  return text + ".\n";
}

}  // namespace cli
