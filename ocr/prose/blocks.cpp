#include "ocr/prose/blocks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "letter/text.hpp"
#include "ocr/prose/dates.hpp"
#include "ocr/prose/near_words.hpp"
#include "ocr/prose/references.hpp"

namespace ocr {
namespace {

bool has_any(const std::string& text, const auto& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return text.find(w) != std::string::npos; });
}
bool starts_with_any(const std::string& text, const auto& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return text.starts_with(w); });
}

bool figure(char c) { return c >= '0' && c <= '9'; }

std::string folded_of(const FreeLine& line) { return letter::folded(line.line.text.reveal()); }

// "69307 LYON CEDEX 07": five figures, then a name. An O may be a zero.
bool is_town(const std::string& text) {
  std::size_t i = text.starts_with("F-") ? 2 : 0;
  std::size_t figures = 0;
  for (; i < text.size() && figures < 5; ++i) {
    if (figure(text[i]) || text[i] == 'O')
      ++figures;
    else if (text[i] != ' ')
      return false;
  }
  if (figures < 5 || i >= text.size() || text[i] != ' ') return false;
  return std::count_if(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(),
                       [](char c) { return c >= 'A' && c <= 'Z'; }) >= 2;
}

bool names_the_house(const std::string& text) {
  constexpr std::array<std::string_view, 16> words{
      "KLESIA",          "KLES1A",  "TSA ",      "CS 30027",  "CEDEX",      "SERVICE",      "RECLAMATION",
      "L'ATTENTION",     "MEDECIN", "DIRECTION", "DIRECTEUR", "PREVOYANCE", "DESTINATAIRE", "MUTUELLE",
      "RELATION CLIENT", "CARPILIG"};
  return has_any(text, words) ||
         says_nearly(text, {"KLESIA", "CEDEX", "SERVICE", "RECLAMATIONS", "PREVOYANCE"});
}

// "80 rue du 8 mai 1945" is no date of a letter.
bool is_street(const std::string& text) {
  constexpr std::array<std::string_view, 14> words{
      " RUE ",    " AVENUE ",  " AV",     " BOULEVARD ", " BD ",    " PLACE ",  " ALLEE ",
      " CHEMIN ", " IMPASSE ", " COURS ", " QUAI ",      " ROUTE ", " SQUARE ", " LOTISSEMENT "};
  return has_any(" " + text, words);
}

// A month and a year's figures, whatever became of the day.
bool tells_month(const std::string& text) {
  const auto figures = std::count_if(text.begin(), text.end(), figure);
  return figures >= 2 && says_nearly(text, {"JANVIER", "FEVRIER", "MARS", "AVRIL", "MAI", "JUIN", "JUILLET",
                                            "AOUT", "SEPTEMBRE", "OCTOBRE", "NOVEMBRE", "DECEMBRE"});
}

bool dated(const FreeLine& line) {
  if (is_street(folded_of(line))) return false;
  if (tells_month(folded_of(line)) && line.line.text.reveal().size() < 40) return true;
  const auto dates = find_dates(line.line.text.reveal());
  return line.line.text.reveal().size() < 60 && !dates.empty() &&
         (dates.front().introduced || folded_of(line).size() < 24);
}

bool announces(const std::string& text) {
  constexpr std::array<std::string_view, 20> words{
      "OBJET",    "OB JET",      "0BJET",   "OBIET",   "REF",     "N/REF",
      "V/REF",    "VOS REF",     "NOS REF", "CONTRAT", "LETTRE",  "RECOMM",
      "COURRIER", "PIECES JOIN", "P.J",     "PJ",      "DOSSIER", "N\xC2\xB0 CONTRAT",
      "SINISTRE", "PAR MAIL"};
  return starts_with_any(text, words);
}

// A line that tells how to reach somebody, or his numbers: in an address block, no line of the address.
bool tells_numbers(const std::string& text, const std::string& utf8) {
  constexpr std::array<std::string_view, 16> words{
      "TEL",       "PORT",   "MOBILE", "MAIL", "COURRIEL", "E-MAIL",   "SIRET", "IBAN",
      "N\xC2\xB0", "NUMERO", "NO DE",  "NIR",  "SECU",     "ADHERENT", "FAX",   "N0 "};
  if (starts_with_any(text, words) || utf8.find('@') != std::string::npos) return true;
  for (const Reference& one : find_references(utf8))
    if (one.id != "BOITE") return true;
  return false;
}

// What a head's line is.
enum class Part { address, numbers, other };

Part part_of(const FreeLine& line) {
  const std::string text = folded_of(line);
  if (text.size() < 2 || text.size() > 60) return Part::other;
  if (is_town(text)) return Part::address;
  if (announces(text) || dated(line)) return Part::other;
  return tells_numbers(text, line.line.text.reveal()) ? Part::numbers : Part::address;
}

bool placed(const FreeLine& line) { return line.place.h > 0; }

// Whether `next` goes on where `last` ends: under it, in its column. Lines without a place follow each other.
bool follows(const FreeLine& last, const FreeLine& next) {
  if (!placed(last) || !placed(next)) return true;
  constexpr double same_edge = 0.045, widest_gap = 1.6;  // of the page's width; of a line's height
  const letter::Box &a = last.place, &b = next.place;
  const double overlap = std::min(a.x + a.w, b.x + b.w) - std::max(a.x, b.x);
  const bool column = std::abs(a.x - b.x) < same_edge || overlap > 0.6 * std::min(a.w, b.w);
  return column && b.y - (a.y + a.h) < widest_gap * std::max(a.h, b.h) && b.y > a.y;
}

struct Draft {
  Block lines;
  std::size_t last = 0;  // the lowest line, numbers included
  bool closed = false;   // its town was read: an address ends with it
};

std::vector<Draft> drafts_of(const std::vector<FreeLine>& lines, std::size_t end) {
  std::vector<Draft> drafts;
  for (std::size_t i = 0; i < end; ++i) {
    const Part part = part_of(lines[i]);
    if (part == Part::other) continue;
    const auto home = std::find_if(drafts.rbegin(), drafts.rend(), [&](const Draft& draft) {
      return (part == Part::numbers || !draft.closed) && follows(lines[draft.last], lines[i]);
    });
    const std::string text = folded_of(lines[i]);
    const bool other_party = home != drafts.rend() && !home->lines.empty() && names_the_house(text) &&
                             !placed(lines[i]) && !names_the_house(folded_of(lines[home->lines.front()]));
    if (home == drafts.rend() || other_party) {
      drafts.emplace_back();
      drafts.back().last = i;
      if (part == Part::address) drafts.back().lines.push_back(i);
      drafts.back().closed = is_town(text);
      continue;
    }
    home->last = i;
    if (part == Part::address) home->lines.push_back(i);
    home->closed = home->closed || is_town(text);
  }
  std::erase_if(drafts, [](const Draft& draft) { return draft.lines.empty(); });
  return drafts;
}

std::size_t first_own(const std::vector<FreeLine>& lines) {
  const std::uint32_t page = lines.empty() ? 0 : lines.front().line.page;
  std::size_t i = 0;
  while (i < lines.size() && !lines[i].line.own_words && lines[i].line.page == page) ++i;
  return i;
}

double house_score(const std::vector<FreeLine>& lines, const Block& block) {
  double score = 0;
  for (const std::size_t i : block) score += names_the_house(folded_of(lines[i]));
  const letter::Box& place = lines[block.front()].place;
  return score == 0 ? 0 : score + (place.x > 0.4 ? 0.5 : 0);
}

double sender_score(const std::vector<FreeLine>& lines, const Block& block) {
  const bool town = std::any_of(block.begin(), block.end(), [&](std::size_t i) {
    const std::string text = folded_of(lines[i]);
    return is_town(text) && text.find("CEDEX") == std::string::npos;
  });
  const letter::Box& place = lines[block.front()].place;
  return (town ? 2 : 0) + (could_be_a_name(folded_of(lines[block.front()])) ? 1.5 : 0) +
         (block.front() == 0 ? 1 : 0) + (place.h > 0 && place.x < 0.4 ? 0.5 : 0);
}

}  // namespace

Heads find_heads(const std::vector<FreeLine>& lines) {
  Heads heads;
  if (lines.empty() || lines.front().continuation) return heads;
  const std::vector<Draft> drafts = drafts_of(lines, first_own(lines));
  const Draft* recipient = nullptr;
  double best = 0.9;
  for (const Draft& draft : drafts)
    if (const double score = house_score(lines, draft.lines); score > best) best = score, recipient = &draft;
  const Draft* sender = nullptr;
  best = 1.9;
  for (const Draft& draft : drafts) {
    if (&draft == recipient) continue;
    const double score = sender_score(lines, draft.lines) - house_score(lines, draft.lines);
    if (score > best) best = score, sender = &draft;
  }
  if (recipient) heads.recipient = recipient->lines;
  if (sender) heads.sender = sender->lines;
  return heads;
}

}  // namespace ocr
