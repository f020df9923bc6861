#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "ocr/boxes/settle.hpp"

namespace ocr {
namespace {

constexpr double letters_apart = 8;    // how many letters a free word could have had in each cell, in effect
constexpr double name_letters = 5;     // and a name, which is no word of the language but is spelled like one
constexpr double vouched_from = 0.95;  // share of a listed word from which its letters are known
constexpr double near_enough = 6;      // nats that a listed word may cost more than what the strokes say best
constexpr double at_first_sight = 14;  // and before it is minded that one hand errs in one way

// Kinds of ways (La Poste, norme AFNOR NF Z 10-011), what joins words, titles in names of ways.
constexpr std::string_view street_words =
    " ALLEE ALLEES AVENUE BOULEVARD CARREFOUR CHEMIN CITE CLOS CORNICHE COTE COUR COURS DOMAINE ESPLANADE "
    "FAUBOURG"
    " FERME GRANDE GRAND HAMEAU IMPASSE JARDIN LIEU DIT LOTISSEMENT MAIL MAISON MONTEE PARC PASSAGE "
    "PLACE PLAINE"
    " PETITE PETIT QUAI QUARTIER RESIDENCE RESIDENCES ROCADE ROND POINT ROUTE RUE RUELLE SENTE SENTIER "
    "SQUARE TRAVERSE VALLEE"
    " VENELLE VIEUX VIEILLE VILLA VILLAGE ZONE BATIMENT BAT APPT APPARTEMENT ETAGE ESCALIER ENTREE PORTE "
    "TOUR LOGEMENT"
    " BIS TER QUATER DE DU DES LA LE LES ET AUX AU SUR SOUS EN SAINT SAINTE ST STE NOTRE DAME"
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

// Words, and how much of what people write they are together.
struct Source {
  std::vector<std::string_view> words;
  double share = 0;
};

std::vector<Source> sources_of(Wording wording, const Lexicon& lexicon, std::size_t letters) {
  const auto listed = [&](WordKind kind, double share) {
    const std::vector<std::string>& words = lexicon.of(kind, letters);
    return Source{{words.begin(), words.end()}, share};
  };
  switch (wording) {
    case Wording::street:
      return {{of_length(street_words, letters), 0.45}, listed(WordKind::word, 0.35)};
    case Wording::company:
      return {{of_length(company_words, letters), 0.35}, listed(WordKind::word, 0.35)};
    case Wording::given_name:
      return {listed(WordKind::given, 0.85)};
    case Wording::family_name:
      break;
  }
  return {listed(WordKind::family, 0.4), listed(WordKind::word, 0.25)};
}

// The chance of each letter in each cell, never quite 0, for many words.
class Chances {
 public:
  explicit Chances(const std::vector<CellChoices>& cells) {
    for (const CellChoices& cell : cells) {
      each_.emplace_back().fill(least);
      for (const Choice& choice : cell.letters)
        each_.back().at(static_cast<unsigned char>(choice.letter) % 128U) = std::max(least, choice.p);
    }
  }
  // 0 for what falls below `enough` on the way.
  double of(std::string_view word, double enough) const {
    double p = 1;
    for (std::size_t i = 0; i < word.size(); ++i)
      if ((p *= each_[i][static_cast<unsigned char>(word[i]) % 128U]) < enough) return 0;
    return p;
  }

 private:
  static constexpr double least = 1e-4;
  std::vector<std::array<double, 128>> each_;
};

bool one_letter_apart(std::string_view a, std::string_view b) {
  std::size_t other = 0;
  for (std::size_t i = 0; i < a.size() && other < 2; ++i) other += a[i] != b[i];
  return other == 1;
}

// A word of letters that no list knows: perhaps a name, perhaps one that a list knows and this hand spoils.
void doubt_unlisted(Settled& out, const std::string& word, const std::vector<Source>& sources) {
  constexpr std::size_t least_letters = 3;
  if (word.size() < least_letters || letters_of(word) != word) return;
  ++out.unlisted;
  out.near_listed += std::any_of(sources.begin(), sources.end(), [&](const Source& source) {
    return std::any_of(source.words.begin(), source.words.end(),
                       [&](std::string_view listed) { return one_letter_apart(word, listed); });
  });
}

// Puts the likeliest reading of one word behind `out`.
void add_word(Settled& out, const std::vector<CellChoices>& cells, Wording wording, const Lexicon& lexicon) {
  const std::string own = favourite(cells);
  const double own_p = probability(cells, own);
  const bool name = wording == Wording::given_name || wording == Wording::family_name;
  std::vector<Source> sources = sources_of(wording, lexicon, cells.size());
  std::erase_if(sources, [](const Source& source) { return source.words.empty(); });
  double free = 1;
  for (const Source& source : sources) free -= source.share;
  // Own: a word that no list has; with it come all the others that its cells may say.
  double best =
      free * own_p * std::pow(name ? name_letters : letters_apart, -1.0 * static_cast<double>(cells.size()));
  double sum = best / std::max(own_p, 1e-12);
  std::string text = own;
  bool listed = false;
  const Chances chances(cells);
  const double enough = own_p * std::exp(-at_first_sight);
  for (const Source& source : sources)
    for (const std::string_view word : source.words) {
      if (chances.of(word, enough) == 0) continue;
      const double p = probability_of_hand(cells, std::string(word));
      if (p < own_p * std::exp(-near_enough)) continue;
      const double weight = source.share / static_cast<double>(source.words.size()) * p;
      sum += weight;
      if (weight > best || (word == own && weight >= best)) best = weight, text = word, listed = true;
    }
  if (!listed) doubt_unlisted(out, text, sources);
  out.text += text;
  out.score *= std::min(1.0, best / std::max(sum, 1e-300));
  const bool known = listed && best > vouched_from * sum;
  out.vouched += known ? text : std::string(text.size(), ' ');
}

bool parts_words(const CellChoices& cell) {
  return !cell.inked || cell.letters.empty() || cell.letters[0].letter == '-' ||
         cell.letters[0].letter == '\'';
}

}  // namespace

Settled settle_words(const std::vector<CellChoices>& cells, Wording wording, const Lexicon& lexicon) {
  Settled out;
  out.score = 1;
  for (std::size_t from = 0; from < cells.size();) {
    const bool begun = !letters_of(out.text).empty();
    if (parts_words(cells[from])) {
      const bool mark = cells[from].inked && !cells[from].letters.empty();
      out.text.push_back(mark ? cells[from].letters[0].letter : ' '), out.vouched.push_back(' ');
      out.score *= mark ? cells[from].letters[0].p : 1;
      // A hyphen joins the parts of a given name: none may be one that was lost.
      out.near_listed += !mark && begun && wording == Wording::given_name;
      ++from;
      continue;
    }
    std::size_t to = from;
    while (to < cells.size() && !parts_words(cells[to])) ++to;
    add_word(
        out,
        {cells.begin() + static_cast<std::ptrdiff_t>(from), cells.begin() + static_cast<std::ptrdiff_t>(to)},
        wording, lexicon);
    from = to;
  }
  out.score *= looks(cells);
  out.repaired = out.text != favourite(cells);
  return out;
}

}  // namespace ocr
