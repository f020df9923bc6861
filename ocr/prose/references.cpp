#include "ocr/prose/references.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "letter/text.hpp"
#include "ocr/check/validate.hpp"
#include "ocr/prose/address.hpp"
#include "ocr/prose/dates.hpp"
#include "ocr/prose/near_words.hpp"

namespace ocr {
namespace {

bool figure(char c) { return c >= '0' && c <= '9'; }
bool capital(char c) { return c >= 'A' && c <= 'Z'; }
bool sign(char c) { return figure(c) || capital(c); }
bool gap(char c) { return c == ' ' || c == '.' || c == '-' || c == '/'; }

// What print's engine takes for a figure.
char as_figure(char c) {
  switch (c) {
    case 'O':
    case 'Q':
    case 'D':
      return '0';
    case 'I':
    case 'L':
    case '|':
    case '!':
      return '1';
    case 'Z':
      return '2';
    case 'S':
    case '$':
      return '5';
    case 'G':
      return '6';
    case 'B':
      return '8';
    default:
      return figure(c) ? c : '\0';
  }
}

struct Run {
  std::string text;      // figures (and letters, where they are allowed)
  std::size_t size = 0;  // of the line
  int mended = 0;
};

// `count` signs from `at`, with at most one gap between two of them, not followed by a further figure.
// `keep`: whether a sign may stay the letter it is at that place.
template <class Keep>
std::optional<Run> run_of(std::string_view line, std::size_t at, std::size_t count, Keep keep) {
  Run run;
  std::size_t i = at;
  bool gapped = false;
  for (; i < line.size() && run.text.size() < count; ++i) {
    const char c = line[i];
    if (gap(c) && !gapped && !run.text.empty()) {
      gapped = true;
      continue;
    }
    gapped = false;
    if (figure(c) || keep(c, run.text.size())) {
      run.text += c;
    } else if (const char other = as_figure(c)) {
      run.text += other;
      ++run.mended;
    } else {
      return std::nullopt;
    }
  }
  if (run.text.size() < count || (i < line.size() && sign(line[i]))) return std::nullopt;
  run.size = i - at;
  // A gap and yet a figure: the run is a piece of something longer.
  if (i + 1 < line.size() && (line[i] == ' ' || line[i] == '.') && figure(line[i + 1])) return std::nullopt;
  return run;
}

bool starts_word(std::string_view line, std::size_t at) { return at == 0 || !sign(line[at - 1]); }

bool says(std::string_view line, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1))
      if (starts_word(line, at)) return true;
    return false;
  });
}

// What was taken is taken: nothing else is looked for in it.
void blank_out(std::string& line, std::size_t at, std::size_t size) {
  std::fill_n(line.begin() + static_cast<std::ptrdiff_t>(at), size, '#');
}

using Found = std::vector<Reference>;

bool has(const Found& found, std::string_view id) {
  return std::any_of(found.begin(), found.end(), [&](const Reference& one) { return one.id == id; });
}

void find_iban(std::string& line, Found& out) {
  constexpr std::size_t size = 27;
  for (std::size_t at = line.find("FR"); at != std::string::npos; at = line.find("FR", at + 1)) {
    if (!starts_word(line, at)) continue;
    // Letters may stand in the account alone; where they make the key wrong they were figures.
    const auto fixed = [](char, std::size_t place) { return place < 2; };
    const auto free = [](char c, std::size_t place) {
      return place < 2 || (place >= 14 && place < 25 && capital(c));
    };
    auto run = run_of(line, at, size, free);
    if (!run || !good(check_iban(run->text).verdict)) run = run_of(line, at, size, fixed);
    if (!run) continue;
    const bool right = good(check_iban(run->text).verdict);
    if (!right && !says(line, {"IBAN"})) continue;
    out.push_back({"IBAN", run->text, run->mended, says(line, {"IBAN", "RIB"}), right});
    return blank_out(line, at, run->size);
  }
}

void find_nir(std::string& line, Found& out) {
  const bool named = says(line, {"SECU", "SS", "NIR", "INSEE", "IMMATRICUL", "ASSURE SOCIAL"});
  const auto corsica = [](char c, std::size_t place) { return place == 6 && (c == 'A' || c == 'B'); };
  for (const std::size_t count : {std::size_t{15}, std::size_t{13}}) {
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (!starts_word(line, at) || as_figure(line[at]) == '\0') continue;
      const auto run = run_of(line, at, count, corsica);
      if (!run || run->mended > 3) continue;
      const CheckVerdict verdict = check_nir(run->text).verdict;
      if (!(count == 15 && verdict == CheckVerdict::ok) && !named) continue;
      if (!named && run->mended > 1) continue;
      if (!good(verdict) && !(named && (run->text[0] == '1' || run->text[0] == '2'))) continue;
      out.push_back({"NIR", run->text, run->mended, named, verdict == CheckVerdict::ok});
      return blank_out(line, at, run->size);
    }
  }
}

void find_siret(std::string& line, Found& out) {
  const bool named = says(line, {"SIRET", "SIREN", "RCS"});
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (!starts_word(line, at) || as_figure(line[at]) == '\0') continue;
    const auto run = run_of(line, at, 14, [](char, std::size_t) { return false; });
    if (!run || run->mended > 3) continue;
    const bool right = good(check_siret(run->text).verdict);
    if (!named && !(right && run->mended == 0)) continue;
    out.push_back({"SIRET", run->text, run->mended, named, right});
    return blank_out(line, at, run->size);
  }
}

void find_keyed(std::string& line, Found& out) {
  find_iban(line, out);
  find_nir(line, out);
  find_siret(line, out);
}

// "FR/6 9999 90/9": a stroke that was a seven, as the key proves.
void find_sevens_with_strokes(std::string& line, Found& out) {
  std::string sevens = line;
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    if (line[i] == '/' && figure(line[i + 1])) sevens[i] = '7';
  if (sevens == line) return;
  Found proved;
  find_keyed(sevens, proved);
  for (Reference& one : proved) {
    if (!one.checked) continue;
    std::erase_if(out, [&](const Reference& other) { return other.id == one.id && !other.checked; });
    if (has(out, one.id)) continue;
    ++one.mended;
    out.push_back(std::move(one));
    for (std::size_t i = 0; i < line.size(); ++i)
      if (sevens[i] == '#') line[i] = '#';
  }
}

// +33 6 ..., 0033 6 ..., +33 (0)6 ..., 06 ...
void find_phone(std::string& line, Found& out) {
  const bool named = says(line, {"TEL", "PORTABLE", "MOBILE", "JOIGNABLE", "APPELER", "FAX", "GSM"});
  for (std::size_t at = 0; at < line.size(); ++at) {
    std::size_t from = at;
    bool abroad = false;
    for (std::string_view prefix : {"+33 (0)", "+33(0)", "+33 ", "+33", "0033 ", "0033"})
      if (!abroad && std::string_view(line).substr(at).starts_with(prefix))
        from = at + prefix.size(), abroad = true;
    if (!starts_word(line, at) || (!abroad && as_figure(line[at]) != '0')) continue;
    const auto run = run_of(line, from, abroad ? 9 : 10, [](char, std::size_t) { return false; });
    if (!run || run->mended > (named ? 3 : 0)) continue;
    const std::string phone = (abroad ? "0" : "") + run->text;
    if (!good(check_phone(phone).verdict)) continue;
    out.push_back({"TELEPHONE", phone, run->mended, named, true});
    return blank_out(line, at, run->size + (from - at));
  }
}

// The word around an "@", or around what is read for it before a domain.
void find_email(std::string_view utf8, Found& out) {
  std::string line(utf8);
  for (const std::string_view misread : {"©", "®", "(@", "(a)"})
    for (std::size_t at = line.find(misread); at != std::string::npos; at = line.find(misread))
      line.replace(at, misread.size(), "@");
  const std::size_t at = line.find('@');
  if (at == std::string::npos) return;
  const auto belongs = [&](std::size_t i) {
    const char c = line[i];
    return figure(c) || capital(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '_' || c == '-' || c == '+';
  };
  std::size_t from = at, to = at + 1;
  while (from > 0 && belongs(from - 1)) --from;
  while (to < line.size() && (belongs(to) || (line[to] == ' ' && line[to - 1] == '.'))) ++to;
  std::string email = line.substr(from, to - from);
  std::erase(email, ' ');
  while (!email.empty() && (email.back() == '.' || email.back() == '-')) email.pop_back();
  const Checked checked = check_email(email);
  if (good(checked.verdict)) out.push_back({"COURRIEL", checked.normalised, 0, true, true});
}

void find_box(std::string& line, Found& out) {
  for (const std::string_view prefix : {"TSA", "T5A", "TS4", "CS", "C5", "BP"}) {
    for (std::size_t at = line.find(prefix); at != std::string::npos; at = line.find(prefix, at + 1)) {
      if (!starts_word(line, at)) continue;
      std::size_t from = at + prefix.size();
      while (from < line.size() && line[from] == ' ') ++from;
      std::size_t end = from;
      std::string figures;
      for (; end < line.size() && figures.size() < 7 && (as_figure(line[end]) != '\0' || line[end] == ' ');
           ++end)
        if (line[end] != ' ') figures += as_figure(line[end]);
      const std::string name = prefix[0] == 'T' ? "TSA" : prefix[0] == 'C' ? "CS" : "BP";
      const std::string known = near_box(name + " " + figures);
      if (figures.size() != 5 && known.empty()) continue;
      const std::string box = known.empty() ? name + " " + figures : known;
      const int mended = box == letter::folded(line.substr(at, end - at)) ? 0 : 1;
      out.push_back({"BOITE", box, mended, !known.empty(), !known.empty()});
      return blank_out(line, at, end - at);
    }
  }
}

struct Named {
  const char* id;
  std::array<std::string_view, 8> words;
};
constexpr std::array<Named, 3> named_numbers{{
    {"ADHERENT",
     {"ADHERENT", "ADHERENTE", "ADHESION", "CLIENT", "PARTICIPANT", "AFFILIATION", "MEMBRE", "ADH"}},
    {"CONTRAT", {"CONTRAT", "POLICE", "CONTRATS", "CONT", "CTR", "CONTRAL", "C0NTRAT", "CONVENTION"}},
    {"DOSSIER", {"DOSSIER", "SINISTRE", "REFERENCE", "REFERENCES", "REF", "N/REF", "V/REF", "D0SSIER"}},
}};

// From behind the word to the number: "N°", "numéro", "de", ":" and their like.
std::size_t past_fillers(std::string_view line, std::size_t at) {
  constexpr std::array<std::string_view, 26> fillers{
      " ",          ":",         ".",        ",",      "(",      "=",        "-",
      "N\xC2\xB0",  "N\xC2\xBA", "NO ",      "NO:",    "NUMERO", "NUM ",     "NUM.",
      "N ",         "N.",        "\xC2\xB0", "EST LE", "EST",    "DE SANTE", "DE PREVOYANCE",
      "PREVOYANCE", "SANTE",     "SINISTRE", "S ",     "DOSSIER"};
  for (bool moved = true; moved && at < line.size();) {
    moved = false;
    for (const std::string_view filler : fillers)
      if (line.substr(at).starts_with(filler)) {
        at += filler.size();
        moved = true;
        break;
      }
  }
  return at;
}

std::string word_at(std::string_view line, std::size_t at) {
  std::string word;
  while (at < line.size() && (sign(line[at]) || line[at] == '-' || line[at] == '/' || line[at] == '.'))
    word += line[at++];
  while (!word.empty() && !sign(word.back())) word.pop_back();
  return word;
}

std::size_t figures_in(const std::string& word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), figure));
}

// "PRV" of "PRV 12345678"; no word of the language.
bool is_prefix(const std::string& word) {
  constexpr std::array<std::string_view, 18> words{"DU", "DE",  "DES", "LE",  "LA",  "LES",
                                                   "ET", "AU",  "EN",  "EST", "A",   "MON",
                                                   "CI", "SUR", "QUI", "QUE", "PAR", "ETC"};
  return !word.empty() && word.size() <= 4 && std::all_of(word.begin(), word.end(), capital) &&
         std::find(words.begin(), words.end(), word) == words.end();
}

// A word with figures in it, with the groups of figures that go on from it: "PRV 1234 5678".
std::string number_at(std::string_view line, std::size_t at) {
  std::string number = word_at(line, at);
  std::size_t end = at + number.size();
  const bool prefix = is_prefix(number);
  std::size_t last = prefix ? 0 : number.size();
  while (end < line.size() && line[end] == ' ') {
    const std::string next = word_at(line, end + 1);
    const bool group = !next.empty() && figures_in(next) == next.size() && next.size() <= 8 && last <= 4;
    const bool after_prefix = last == 0 && figures_in(next) >= 3;
    if (!group && !after_prefix) break;
    number += next;
    last = next.size();
    end += 1 + next.size();
  }
  constexpr std::size_t least_figures = 4, longest = 20;
  const bool date = !find_dates(number).empty() && number.find_first_of("/.-") != std::string::npos;
  return figures_in(number) >= least_figures && number.size() <= longest && !date ? number : "";
}

// Among figures a letter that looks like one was one: "D2618378S". So is the last of the letters before the
// figures where these are one too few: "PO8489230". How many there were.
int mend_figures(std::string& number) {
  constexpr std::size_t usual_figures = 8;
  int mended = 0;
  std::size_t first = number.find_first_of("0123456789");
  if (first == std::string::npos || number.find_first_of("-/.") != std::string::npos) return 0;
  if (first > 1 && number[first - 1] == 'O' && number.size() - first + 1 == usual_figures) --first;
  for (std::size_t i = first; i < number.size(); ++i)
    if (const char other = as_figure(number[i]); capital(number[i]) && other != '\0') {
      number[i] = other;
      ++mended;
    }
  return mended;
}

// How many letters of such a word may be misread: shorter ones would be other words.
std::size_t most_wrong(std::string_view word) { return word.size() >= 8 ? 2 : word.size() >= 7 ? 1 : 0; }

void find_named(std::string& line, Found& out) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (!sign(line[at]) || !starts_word(line, at)) continue;
    std::size_t end = at;
    while (end < line.size() && (sign(line[end]) || line[end] == '/')) ++end;
    const std::string_view word = std::string_view(line).substr(at, end - at);
    for (const Named& kind : named_numbers) {
      const bool says_so = std::any_of(kind.words.begin(), kind.words.end(), [&](std::string_view wanted) {
        return within(word, wanted, most_wrong(wanted));
      });
      if (!says_so || has(out, kind.id)) continue;
      std::string number = number_at(line, past_fillers(line, end));
      const int mended = mend_figures(number);
      if (!number.empty()) out.push_back({kind.id, number, mended, true, false});
    }
  }
}

}  // namespace

std::vector<Reference> find_references(std::string_view utf8) {
  Found out;
  std::string line = letter::folded(utf8);
  find_email(utf8, out);
  find_keyed(line, out);
  find_sevens_with_strokes(line, out);
  find_phone(line, out);
  find_box(line, out);
  find_named(line, out);
  return out;
}

std::string masked_iban(std::string_view iban) {
  std::string signs;
  for (const char c : letter::folded(iban))
    if (sign(c)) signs += c;
  if (signs.size() < 15) return "****";
  std::string masked = signs.substr(0, 4);
  for (std::size_t i = 4; i + 3 < signs.size(); i += 4) masked += " ****";
  return masked + " " + signs.substr(signs.size() - 3);
}

}  // namespace ocr
