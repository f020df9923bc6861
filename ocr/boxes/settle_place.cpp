#include <algorithm>
#include <cmath>
#include <map>

#include "ocr/boxes/settle.hpp"
#include "ocr/check/validate.hpp"

namespace ocr {
namespace {

constexpr std::size_t codes_tried = 60;
constexpr double in_list = 0.95;      // of towns written beside a postcode that has towns
constexpr double unlisted = 0.04;     // a postcode of no town: CEDEX, mostly
constexpr double letters_apart = 10;  // how many letters a free text could have had in each cell, in effect
constexpr double at_home = 0.6, anywhere = 0.3;
constexpr std::string_view cedex = " CEDEX";

double free_text(const std::vector<CellChoices>& cells, const std::string& own) {
  return probability(cells, own) * std::pow(letters_apart, -static_cast<double>(cells.size()));
}

// Readings with their weights, those of one text together.
class Votes {
 public:
  void add(const std::string& text, double weight) { weights_[text] += weight, sum_ += weight; }
  // A text that no list knows, and with it all others that its cells may say.
  void add_free(const std::string& text, double weight, double p) {
    weights_[text] += weight, sum_ += weight / std::max(p, 1e-12);
  }
  Settled winner(const std::vector<CellChoices>& cells) const {
    Settled out;
    double best = -1;
    for (const auto& [text, weight] : weights_)
      if (weight > best) best = weight, out.text = text;
    out.score = sum_ > 0 ? best / sum_ * looks(cells) : 0;
    out.repaired = out.text != favourite(cells);
    return out;
  }

 private:
  std::map<std::string, double> weights_;
  double sum_ = 0;
};

// A town of the list as it may stand in these cells, with CEDEX and its number behind it or without.
std::vector<std::string> written_as(const std::string& town, const std::string& own, std::size_t cells) {
  std::vector<std::string> out;
  for (const std::string& one : spellings(town, cells)) {
    if (one.size() == own.size()) out.push_back(one);
    if (one.size() + cedex.size() > own.size()) continue;
    out.push_back(one + std::string(cedex) + own.substr(one.size() + cedex.size()));
  }
  return out;
}

letter::Reason listed_note() {
  return {"field.listed", "La commune est l’une de celles du code postal.",
          "The town is one of those of the postcode."};
}

letter::Reason unknown_code_note() {
  return {"field.postcode_unknown", "Aucune commune n’a ce code postal : un CEDEX peut-être.",
          "No town has this postcode: perhaps a CEDEX."};
}

letter::Reason mismatch_note() {
  return {"field.town_mismatch", "La commune lue n’est pas de celles du code postal.",
          "The town read is not one of those of the postcode."};
}

bool is_town_of(const std::string& code, const std::string& town, std::size_t cells, const Towns& towns) {
  return std::any_of(towns.at(code).begin(), towns.at(code).end(), [&](const std::string& one) {
    const auto ways = written_as(one, town, cells);
    return std::find(ways.begin(), ways.end(), town) != ways.end();
  });
}

letter::Reason hyphen_note() {
  return {
      "field.hyphen_unseen",
      "La liste écrit cette commune avec un trait d’union qui ne se voit pas ici : une espace, ou un trait "
      "perdu.",
      "The list spells this town with a hyphen that cannot be seen here: a space, or a stroke that was "
      "lost."};
}

// Whether a text is a spelling of the list but for hyphens, where it has spaces. Many write towns so, and
// thin strokes get lost: which of both, the list cannot tell.
bool lacks_hyphens(const std::string& text, const std::string& spelling) {
  bool lacks = text.size() == spelling.size();
  bool any = false;
  for (std::size_t i = 0; lacks && i < text.size(); ++i) {
    const bool here = text[i] == ' ' && spelling[i] == '-';
    any |= here, lacks = here || text[i] == spelling[i];
  }
  return lacks && any;
}

bool lacks_hyphens_of(const std::vector<std::string>& spellings, const std::string& town) {
  return std::any_of(spellings.begin(), spellings.end(),
                     [&](const std::string& one) { return lacks_hyphens(town, one); });
}

// To the list the town is a word that it does not know, a letter from one that it does.
void doubt_hyphens(Settled& town) {
  town.unlisted = town.near_listed = 1;
  town.notes.push_back(hyphen_note());
}

bool lacks_hyphens(const Place& place, std::size_t cells, const Towns& towns) {
  const std::string& town = place.town.text;
  const auto& of_code = towns.at(place.code.text);
  return lacks_hyphens_of(towns.of_length(town.size()), town) ||
         std::any_of(of_code.begin(), of_code.end(), [&](const std::string& one) {
           return lacks_hyphens_of(written_as(one, town, cells), town);
         });
}

void take_notes(Place& place, const PlaceCells& cells, const Towns& towns) {
  const std::size_t width = cells.town_cells.empty() ? 0 : cells.town->cell_x.size();
  const bool doubtful = width > 0 && lacks_hyphens(place, width, towns);
  if (doubtful) doubt_hyphens(place.town);
  const Checked checked = check("postcode", place.code.text);
  if (!cells.code_cells.empty() && !good(checked.verdict)) {
    place.code.score = std::min(place.code.score, 0.5);
    place.code.notes.push_back({"field.check_failed", "La valeur lue ne passe pas le contrôle « postcode ».",
                                "The value read does not pass the check \"postcode\"."});
    return;
  }
  const bool known = !towns.at(place.code.text).empty();
  if (!cells.code_cells.empty() && !known && checked.verdict != CheckVerdict::ok_armees &&
      place.town.text.find(cedex) == std::string::npos)
    place.code.notes.push_back(unknown_code_note());
  if (cells.code_cells.empty() || cells.town_cells.empty() || !known) return;
  if (is_town_of(place.code.text, place.town.text, width, towns)) {
    place.code.notes.push_back(listed_note());
    if (!doubtful) place.town.notes.push_back(listed_note());
  } else {
    place.town.notes.push_back(mismatch_note());
  }
}

}  // namespace

Place settle_place(const PlaceCells& place, const Towns& towns) {
  Place out;
  if (place.code_cells.empty()) {
    if (!place.town_cells.empty()) out.town = settle_town(place.town_cells, "", towns);
    return out;
  }
  const std::string own = favourite(place.town_cells);
  const double own_p = probability(place.town_cells, own), free = free_text(place.town_cells, own);
  Votes codes, names;
  for (const Text& code : likeliest(place.code_cells, codes_tried)) {
    const std::vector<std::string>& list = towns.at(code.text);
    const double plausible = code.p * (!good(check("postcode", code.text).verdict) ? 0.005
                                       : list.empty()                              ? unlisted
                                                                                   : 1.0);
    if (own.empty()) {
      codes.add(code.text, plausible);
      continue;
    }
    const double outside = plausible * (list.empty() ? 1.0 : 1 - in_list) * free;
    codes.add(code.text, outside), names.add_free(own, outside, own_p);
    for (const std::string& town : list)
      for (const std::string& way : written_as(town, own, place.town->cell_x.size())) {
        const double weight = plausible * in_list / static_cast<double>(list.size()) *
                              probability_of_hand(place.town_cells, way);
        codes.add(code.text, weight), names.add(way, weight);
      }
  }
  out.code = codes.winner(place.code_cells);
  if (!own.empty()) out.town = names.winner(place.town_cells);
  take_notes(out, place, towns);
  return out;
}

Settled settle_town(const std::vector<CellChoices>& cells, const std::string& likely, const Towns& towns) {
  const std::string own = favourite(cells);
  Votes names;
  names.add_free(own, (1 - at_home - anywhere) * free_text(cells, own), probability(cells, own));
  if (likely.size() == own.size()) names.add(likely, at_home * probability_of_hand(cells, likely));
  const std::vector<std::string>& list = towns.of_length(own.size());
  for (const std::string& town : list) {
    if (cells[0].of(town[0]) < 1e-3) continue;
    names.add(town, anywhere / static_cast<double>(list.size()) * probability_of_hand(cells, town));
  }
  Settled out = names.winner(cells);
  if (lacks_hyphens_of(list, out.text)) doubt_hyphens(out);
  return out;
}

}  // namespace ocr
