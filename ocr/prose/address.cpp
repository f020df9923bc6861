#include "ocr/prose/address.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "letter/text.hpp"
#include "ocr/prose/near_words.hpp"

namespace ocr {
namespace {

constexpr std::size_t code_size = 5;

// What the house is called and where it is written to. A word is known by its letters without accents.
constexpr std::array<std::string_view, 25> house_words{
    "KLESIA",        "Prévoyance", "Mutuelle",    "Service",      "Services",  "Réclamations",
    "Réclamation",   "Incapacité", "invalidité",  "Désignation",  "Médecin",   "Conseil",
    "bénéficiaires", "attention",  "Entreprises", "Entreprise",   "Relation",  "Client",
    "Clients",       "CARPILIG",   "Direction",   "Destinataire", "MONTREUIL", "Remboursements"};

bool figure(char c) { return c >= '0' && c <= '9'; }

// Of a letter of UTF-8: it and what follows it up to the next letter.
std::size_t letter_size(std::string_view utf8, std::size_t at) {
  std::size_t end = at + 1;
  while (end < utf8.size() && (static_cast<unsigned char>(utf8[end]) & 0xC0U) == 0x80U) ++end;
  return end - at;
}

bool of_word(std::string_view utf8, std::size_t at) {
  const auto c = static_cast<unsigned char>(utf8[at]);
  return c >= 0xC3 || (c >= 0x80 && c < 0xC0) || figure(utf8[at]) || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z');
}

std::size_t past_word(std::string_view utf8, std::size_t at) {
  while (at < utf8.size() && of_word(utf8, at)) at += letter_size(utf8, at);
  return at;
}

std::string house_word(const std::string& word) {
  constexpr std::size_t shortest = 5;
  const std::string folded = letter::folded(word);
  if (folded.size() < shortest) return word;
  std::string found;
  for (const std::string_view known : house_words) {
    const std::string wanted = letter::folded(known);
    if (wanted == folded) return word;
    if (found.empty() && nearly(folded, wanted)) found = known;
  }
  return found.empty() ? word : found;
}

// "Prévoya ce", "C nseil": the house's word that lost a letter between two pieces, and where it ends.
std::pair<std::string, std::size_t> torn_word(std::string_view utf8, std::size_t at, std::size_t end) {
  if (end == at || end + 1 >= utf8.size() || utf8[end] != ' ') return {};
  const std::size_t past = past_word(utf8, end + 1);
  const std::string whole =
      std::string(utf8.substr(at, end - at)) + "?" + std::string(utf8.substr(end + 1, past - end - 1));
  const std::string found = house_word(whole);
  return found == whole ? std::pair<std::string, std::size_t>{} : std::pair{found, past};
}

// Letters and figures alone; a zero with a stroke through it is read as an eight.
std::string signs_of(std::string_view utf8) {
  std::string out;
  for (const char c : letter::folded(utf8))
    if (figure(c) || (c >= 'A' && c <= 'Z')) out += c == '8' || c == 'O' ? '0' : c;
  return out;
}

// The one of `known` with at most so many signs wrong, if every other has two more wrong than it; else "".
std::string nearest_of(std::string_view utf8, const auto& known, std::size_t most) {
  const std::string signs = signs_of(utf8);
  const std::size_t beyond = most + 2;
  std::size_t best = beyond, second = beyond;
  std::string found;
  for (const std::string_view one : known) {
    const std::size_t wrong = edits(signs, signs_of(one), beyond - 1);
    second = std::min(second, std::max(best, wrong));
    if (wrong < best) best = wrong, found = one;
  }
  return best <= most && second >= best + 2 ? found : "";
}

// Figures as print and pens confuse them: half as far apart as others.
double apart(char a, char b) {
  constexpr std::array<std::string_view, 9> alike{"08", "06", "17", "38", "56", "49", "27", "79", "68"};
  if (a == b) return 0;
  const bool near = std::any_of(alike.begin(), alike.end(), [&](std::string_view pair) {
    return (pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a);
  });
  return near ? 0.5 : 1;
}

double apart(std::string_view code, std::string_view other) {
  double sum = 0;
  for (std::size_t i = 0; i < code_size; ++i) sum += apart(code[i], other[i]);
  return sum;
}

// Every code with at most two other figures.
std::vector<std::string> codes_near(const std::string& code) {
  std::vector<std::string> out{code};
  for (std::size_t i = 0; i < code_size; ++i)
    for (char a = '0'; a <= '9'; ++a) {
      if (a == code[i]) continue;
      std::string one = code;
      one[i] = a;
      out.push_back(one);
      for (std::size_t j = i + 1; j < code_size; ++j)
        for (char b = '0'; b <= '9'; ++b) {
          if (b == code[j]) continue;
          std::string two = one;
          two[j] = b;
          out.push_back(std::move(two));
        }
    }
  return out;
}

struct Place {
  std::string code, town;
  double cost = 0;
};

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '-', ' ');
  return text;
}

// The one pair that is nearest to what was read. `town`: capitals, spaces between its words.
std::optional<Place> nearest(const std::string& code, const std::string& town, const Towns& towns) {
  constexpr double margin = 0.5;
  std::optional<Place> best;
  double second = 1e9;
  const std::size_t most = town.size() / 3;
  for (const std::string& other : codes_near(code))
    for (const std::string& name : towns.at(other)) {
      const std::size_t wrong = edits(town, spaced(name), most);
      if (wrong > most) continue;
      const double cost = apart(code, other) + static_cast<double>(wrong);
      if (!best || cost < best->cost) {
        second = best ? best->cost : second;
        best = Place{other, name, cost};
      } else {
        second = std::min(second, cost);
      }
    }
  const bool one = best && (best->cost == 0 || second - best->cost >= margin);
  return one ? best : std::nullopt;
}

// `wanted`: capitals without accents. Letters of `utf8` that are right stay as they are.
std::string respelled(std::string_view utf8, const std::string& wanted) {
  const std::string folded = letter::folded(utf8);
  std::vector<std::string> letters;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t size = letter_size(utf8, at);
    letters.emplace_back(utf8.substr(at, size));
    at += size;
  }
  const bool capitals = utf8.size() > 1 && utf8[1] >= 'A' && utf8[1] <= 'Z';
  const bool letter_by_letter = letters.size() == wanted.size() && folded.size() == wanted.size();
  std::string out;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool begins = i == 0 || wanted[i - 1] == '-' || wanted[i - 1] == ' ';
    const char plain = wanted[i] >= 'A' && wanted[i] <= 'Z' && !begins && !capitals
                           ? static_cast<char>(wanted[i] - 'A' + 'a')
                           : wanted[i];
    out += letter_by_letter && folded[i] == wanted[i] ? letters[i] : std::string(1, plain);
  }
  return out;
}

std::string as_listed(std::string_view town) {
  std::string out = letter::folded(town);
  for (const auto& [from, to] :
       {std::pair{"ST ", "SAINT "}, {"ST-", "SAINT-"}, {"STE ", "SAINTE "}, {"STE-", "SAINTE-"}})
    if (out.starts_with(from)) out.replace(0, std::string_view(from).size(), to);
  return spaced(out);
}

std::size_t past_code(std::string_view utf8) {
  std::size_t at = utf8.starts_with("F-") ? 2 : 0;
  const std::size_t from = at;
  while (at < utf8.size() && figure(utf8[at])) ++at;
  return at - from == code_size && at + 1 < utf8.size() && utf8[at] == ' ' ? at : 0;
}

}  // namespace

std::string near_box(std::string_view utf8) {
  return nearest_of(utf8, std::array<std::string_view, 3>{"TSA 20202", "TSA 90200", "CS 30027"}, 2);
}

std::string house_line(std::string_view utf8) {
  if (const std::string box = near_box(utf8); !box.empty()) return box;
  constexpr std::array<std::string_view, 2> house_towns{"69307 LYON CEDEX 07", "93108 MONTREUIL CEDEX"};
  if (const std::string town = nearest_of(utf8, house_towns, 4); !town.empty()) return town;
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t end = past_word(utf8, at);
    if (const auto [torn, past] = torn_word(utf8, at, end); !torn.empty()) {
      out += torn;
      at = past;
    } else if (end == at) {
      out += utf8.substr(at, letter_size(utf8, at));
      at += letter_size(utf8, at);
    } else {
      out += house_word(std::string(utf8.substr(at, end - at)));
      at = end;
    }
  }
  return out;
}

std::string town_of(std::string_view utf8) {
  const std::size_t code = past_code(utf8);
  if (code == 0) return "";
  std::string town(utf8.substr(code + 1));
  while (!town.empty() && std::string_view(" .,;|").find(town.back()) != std::string_view::npos)
    town.pop_back();
  return town.find("CEDEX") == std::string::npos ? town : "";
}

std::string town_line(std::string_view utf8, const Towns& towns) {
  const std::string town = town_of(utf8);
  if (town.size() < 2) return std::string(utf8);
  const std::size_t end = past_code(utf8);
  const std::string code(utf8.substr(end - code_size, code_size));
  const auto found = nearest(code, as_listed(town), towns);
  if (!found || found->cost == 0) return std::string(utf8);
  const std::string name = as_listed(town) == spaced(found->town) ? town : respelled(town, found->town);
  return found->code + " " + name;
}

}  // namespace ocr
