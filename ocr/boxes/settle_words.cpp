#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "ocr/boxes/settle.hpp"

namespace ocr {
namespace {

constexpr double in_list = 0.5;        // of the words of an address or a company's name
constexpr double letters_apart = 8;    // how many letters a free word could have had in each cell, in effect
constexpr double vouched_from = 0.95;  // share of a listed word from which its letters are known

// Kinds of ways (La Poste, norme AFNOR NF Z 10-011), what joins words, titles in names of ways.
constexpr std::string_view street_words =
    " ALLEE ALLEES AVENUE BOULEVARD CARREFOUR CHEMIN CITE CLOS CORNICHE COTE COUR COURS DOMAINE ESPLANADE "
    "FAUBOURG"
    " FERME GRANDE GRAND HAMEAU IMPASSE JARDIN LIEU-DIT LIEU DIT LOTISSEMENT MAIL MAISON MONTEE PARC PASSAGE "
    "PLACE PLAINE"
    " PETITE PETIT QUAI QUARTIER RESIDENCE RESIDENCES ROCADE ROND-POINT ROUTE RUE RUELLE SENTE SENTIER "
    "SQUARE TRAVERSE VALLEE"
    " VENELLE VIEUX VIEILLE VILLA VILLAGE ZONE BATIMENT BAT APPT APPARTEMENT ETAGE ESCALIER ENTREE PORTE "
    "TOUR LOGEMENT"
    " BIS TER QUATER DE DU DES LA LE LES ET AUX AU SUR SOUS EN SAINT SAINTE ST STE NOTRE-DAME"
    " GENERAL MARECHAL COLONEL CAPITAINE COMMANDANT LIEUTENANT AMIRAL PRESIDENT DOCTEUR PROFESSEUR ABBE CURE "
    "MAIRE"
    " JEAN PIERRE PAUL LOUIS HENRI JACQUES MARIE ";
constexpr std::string_view company_words =
    " SARL SAS SASU EURL SCI SNC SCOP SELARL EARL GAEC ETS ETABLISSEMENTS SOCIETE COMPAGNIE GROUPE "
    "ASSOCIATION FONDATION"
    " SYNDICAT CABINET ATELIER ATELIERS MAISON ENTREPRISE SERVICE SERVICES CONSEIL TRANSPORTS GARAGE "
    "PHARMACIE CLINIQUE"
    " BOULANGERIE BOUCHERIE RESTAURANT HOTEL IMPRIMERIE MENUISERIE PLOMBERIE CENTRE COMITE AGENCE BUREAU"
    " ET FILS FILLES FRERES DE DU DES LA LE LES AU AUX EN SUR FRANCE ";

std::vector<std::string_view> of_length(std::string_view words, std::size_t letters) {
  std::vector<std::string_view> found;
  while (!words.empty()) {
    words.remove_prefix(std::min(words.size(), words.find_first_not_of(' ')));
    const std::string_view word = words.substr(0, words.find(' '));
    words.remove_prefix(word.size());
    if (word.size() == letters && letters > 0) found.push_back(word);
  }
  return found;
}

// Puts the likeliest reading of one word behind `out`.
void add_word(Settled& out, const std::vector<CellChoices>& cells, std::string_view words) {
  const std::string own = favourite(cells);
  const double own_p = probability(cells, own);
  const auto list = of_length(words, cells.size());
  // Own: a word that no list has; with it come all the others that its cells may say.
  double best = (list.empty() ? 1 : 1 - in_list) * own_p *
                std::pow(letters_apart, -1.0 * static_cast<double>(cells.size()));
  double sum = best / std::max(own_p, 1e-12);
  std::string text = own;
  bool listed = false;
  for (const std::string_view word : list) {
    const double weight = in_list / static_cast<double>(list.size()) * probability(cells, std::string(word));
    sum += weight;
    if (weight > best || (word == own && weight >= best)) best = weight, text = word, listed = true;
  }
  out.text += text;
  out.score *= best / std::max(sum, 1e-300);
  const bool known = listed && best > vouched_from * sum;
  out.vouched += known ? text : std::string(text.size(), ' ');
}

}  // namespace

Settled settle_words(const std::vector<CellChoices>& cells, Wording wording) {
  const std::string_view words = wording == Wording::street ? street_words : company_words;
  Settled out;
  out.score = 1;
  for (std::size_t from = 0; from < cells.size();) {
    if (!cells[from].inked) {
      out.text.push_back(' '), out.vouched.push_back(' ');
      ++from;
      continue;
    }
    std::size_t to = from;
    while (to < cells.size() && cells[to].inked) ++to;
    add_word(
        out,
        {cells.begin() + static_cast<std::ptrdiff_t>(from), cells.begin() + static_cast<std::ptrdiff_t>(to)},
        words);
    from = to;
  }
  out.score *= looks(cells);
  out.repaired = out.text != favourite(cells);
  return out;
}

}  // namespace ocr
