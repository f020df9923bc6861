#include "classify/prose.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace classify {
namespace {

bool is_letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_long_number(const std::string& word) {
  return word.size() >= 3 &&
         std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c); });
}

// From here on the writer speaks of something else.
bool turns(const std::string& word, const Words& before) {
  constexpr std::array<std::string_view, 9> turning{
      "MAIS", "CEPENDANT", "TOUTEFOIS", "REVANCHE", "SEULEMENT", "HORMIS", "SAUF", "QUANT", "POURTANT"};
  if (word == "CONTRE") return !before.empty() && before.back().text == "PAR";
  return std::find(turning.begin(), turning.end(), word) != turning.end();
}

// In hasty spelling the elided word is glued on: "larret", "jai", "dinvalidite", "quil". How many letters of
// such a word come before the one it hides; 0 = none. Only beginnings that no other word has.
std::size_t glued(const std::string& word) {
  static constexpr auto nouns = std::to_array<std::string_view>(
      {"ARRET",  "ARET",    "ACCIDENT", "ACIDANT", "ARGENT", "ASSURANCE", "ASSURE",  "ADRESSE", "ATTESTATION",
       "APPAR",  "APAREIL", "AMBULANC", "AVOCAT",  "EMPLOY", "ENTREPRIS", "EXPERT",  "EXAMEN",  "ECOLE",
       "ENFANT", "ENTERRE", "EPOUSE",   "HOPITAL", "OPITAL", "HERIT",     "INDEMN",  "INDAMN",  "INVALID",
       "INCAPA", "INTERN",  "OPTICIEN", "OPERATI", "ORDON",  "ORTHO",     "OBSEQUE", "ORFELIN", "ORPHELIN",
       "OSTEO",  "ACTE",    "APPEL",    "ANNEE",   "AUTRE",  "ETUDE",     "IMPOT",   "APPLI",   "AUDIOPRO"});
  static constexpr auto verbs = std::to_array<std::string_view>(
      {"AI", "AVAI", "AURAI", "ETAI", "ECRI", "ENVOI", "ENVOY", "ATTEN", "ATEN", "AVEZ", "AVON", "APPEL",
       "ARRIV", "AIMER", "HABIT", "ESSAY", "ACCEPT"});
  const auto begins = [&](std::size_t at, const auto& with) {
    const std::string_view rest = std::string_view(word).substr(at);
    return std::any_of(with.begin(), with.end(), [&](std::string_view one) {
      return one.size() > 2 ? rest.starts_with(one) : rest == one;
    });
  };
  const char first = word.empty() ? ' ' : word[0];
  if ((first == 'L' || first == 'D') && begins(1, nouns)) return 1;
  if (word == "MAI") return 0;  // the month
  if ((first == 'J' || first == 'N' || first == 'M') && begins(1, verbs)) return 1;
  if (word == "CEST" || word == "CETAIT" || word == "NEST" || word == "SEST" || word == "JEN" || word == "YA")
    return 1;
  return word == "QUIL" || word == "QUILS" || word == "QUON" || word == "QUEN" ? 2 : 0;
}

}  // namespace

Words words_of(std::string_view utf8) {
  // Folding costs more than anything here, so a huge text is cut before it, at a character's start.
  constexpr std::size_t bytes_at_most = 16 * words_at_most;
  if (utf8.size() > bytes_at_most) {
    std::size_t cut = bytes_at_most;
    while (cut > 0 && (static_cast<unsigned char>(utf8[cut]) & 0xC0) == 0x80) --cut;
    utf8 = utf8.substr(0, cut);
  }
  const std::string text = letter::folded(utf8);
  Words words;
  std::uint32_t sentence = 0, clause = 0;
  std::string word;
  const auto finish = [&] {
    if (word.empty()) return;
    if (is_long_number(word)) word = "#";
    if (turns(word, words)) ++clause;
    if (const std::size_t before = glued(word); before > 0) {
      words.push_back({word.substr(0, before), sentence, 0, clause});
      word.erase(0, before);
    }
    words.push_back({word, sentence, 0, clause});
    word.clear();
  };
  for (std::size_t i = 0; i < text.size() && words.size() < words_at_most; ++i) {
    if (is_letter_or_digit(text[i])) {
      word.push_back(text[i]);
      continue;
    }
    finish();
    const bool last = i + 1 == text.size() || text[i + 1] == ' ';
    const bool ends = (text[i] == '.' && last) || text[i] == '!' || text[i] == '?';
    if (ends) ++sentence;
    if (ends || text[i] == ';' || text[i] == ':') ++clause;
    if ((text[i] == '!' || text[i] == '?') && !words.empty()) words.back().mark = text[i];
  }
  finish();
  return words;
}

std::string own_words(const letter::ReadLetter& read) {
  if (!read.text.reveal().empty()) return read.text.reveal();
  std::string text;
  for (const letter::Line& line : read.lines) {
    if (line.own_words) text += line.text.reveal() + "\n";
  }
  if (text.empty() && read.form.empty()) text = read.full_text.reveal();
  return text;
}

}  // namespace classify
