#include "classify/keys.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <regex>

#include "letter/filed.hpp"
#include "letter/text.hpp"

namespace classify {
namespace {

using letter::FollowUpKey;
using letter::PersonalText;

constexpr std::size_t text_at_most = 200'000;  // bytes searched for keys

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); }

std::string letters_and_digits(std::string_view folded) {
  std::string out;
  std::copy_if(folded.begin(), folded.end(), std::back_inserter(out), is_alnum);
  return out;
}

// At most 12: a NIR has 13 or 15 and is never kept, whatever box it stands in.
bool is_number(const std::string& value) {
  return value.size() >= 4 && value.size() <= 12 && std::any_of(value.begin(), value.end(), is_digit);
}

void add(std::vector<FollowUpKey>& out, const std::string& kind, const std::string& value) {
  FollowUpKey key{kind, PersonalText(value)};
  if (std::find(out.begin(), out.end(), key) == out.end()) out.push_back(std::move(key));
}

// "2026-0001234-57", also with spaces or other dashes read for the hyphens.
void add_references(const std::string& folded, std::vector<FollowUpKey>& out) {
  for (std::size_t i = 0; i + 13 <= folded.size(); ++i) {
    if (!is_digit(folded[i]) || (i > 0 && is_alnum(folded[i - 1]))) continue;
    std::string digits;
    std::size_t at = i;
    std::size_t gaps = 0;
    for (; at < folded.size() && digits.size() < 13; ++at) {
      if (is_digit(folded[at]))
        digits.push_back(folded[at]);
      else if ((folded[at] == '-' || folded[at] == ' ') && ++gaps <= 4)
        continue;
      else
        break;
    }
    if (digits.size() != 13 || (at < folded.size() && is_alnum(folded[at]))) continue;
    const std::string text = digits.substr(0, 4) + "-" + digits.substr(4, 7) + "-" + digits.substr(11);
    // A case reference and a NIR both have 13 digits: only what carries its own dashes is a reference.
    if (gaps == 0 || !letter::parse_case_ref(text)) continue;
    add(out, "reference", text);
  }
}

void add_field(const letter::ReadLetter& read, std::string_view id, const std::string& kind,
               std::vector<FollowUpKey>& out) {
  const letter::Field* field = letter::find(read, id);
  if (field == nullptr || field->verdict == letter::Verdict::unread) return;
  const std::string value = letters_and_digits(letter::folded(field->text.reveal()));
  if (is_number(value)) add(out, kind, value);
}

// The number that follows a label in running text: "N° D'ADHERENT : 12345678", "CONTRAT N 7781-B".
void add_labelled(const std::string& folded, std::string_view label, const std::string& kind,
                  std::vector<FollowUpKey>& out) {
  for (std::size_t i = folded.find(label); i != std::string::npos; i = folded.find(label, i + 1)) {
    std::size_t at = i + label.size();
    if (at < folded.size() && folded[at] == 'E') ++at;  // ADHERENTE
    bool numbered = false;
    for (std::size_t skipped = 0; at < folded.size() && skipped < 12; ++at, ++skipped) {
      if (is_digit(folded[at]) || (is_alnum(folded[at]) && folded[at] != 'N' && folded[at] != 'O')) break;
      numbered = numbered || folded[at] == ':' || folded[at] == 'N';
    }
    std::string value;
    for (; at < folded.size() && value.size() < 20; ++at) {
      if (is_alnum(folded[at]))
        value.push_back(folded[at]);
      else if ((folded[at] == '-' || folded[at] == '/') && !value.empty())
        continue;
      else if (folded[at] == ' ' && !value.empty() && at + 1 < folded.size() && is_digit(folded[at + 1]))
        continue;
      else
        break;
    }
    const auto digits = static_cast<std::size_t>(std::count_if(value.begin(), value.end(), is_digit));
    if (is_number(value) && digits * 2 >= value.size() && (numbered || digits >= 5)) add(out, kind, value);
  }
}

// The text of a form's field, folded; "" where it was not read.
std::string field_text(const letter::ReadLetter& read, std::string_view id) {
  const letter::Field* field = letter::find(read, id);
  if (field == nullptr || field->verdict == letter::Verdict::unread) return "";
  return letter::folded(field->text.reveal());
}

std::optional<letter::Day> day_of(const std::string& day, const std::string& month, const std::string& year) {
  const auto two = [](const std::string& text) { return text.size() == 1 ? "0" + text : text; };
  return letter::parse_day(year + "-" + two(month) + "-" + two(day));
}

// The names under which a form's writer goes: with the name in use and with the one of birth.
std::vector<std::string> form_names(const letter::ReadLetter& read) {
  const std::string first = field_text(read, "PRENOM");
  std::vector<std::string> names;
  for (const std::string_view id : {"NOM_USAGE", "NOM_NAISSANCE"}) {
    const std::string name = field_text(read, id);
    if (!name.empty() && !first.empty()) names.push_back(name + " " + first);
  }
  return names;
}

void add_form_person(const letter::ReadLetter& read, std::vector<FollowUpKey>& out) {
  const std::string digits = letters_and_digits(field_text(read, "DATE_NAISSANCE"));
  const auto born =
      digits.size() == 8 ? day_of(digits.substr(0, 2), digits.substr(2, 2), digits.substr(4)) : std::nullopt;
  const std::string postcode = letters_and_digits(field_text(read, "ADR_CP"));
  const std::string street = field_text(read, "ADR_VOIE");
  const auto names = form_names(read);
  for (const std::string& name : names)
    if (born) add(out, "name_birth", name + " " + letter::iso(*born));
  for (const std::string& name : names)
    if (postcode.size() == 5 && !street.empty())
      add(out, "name_address", name + "|" + postcode + "|" + street);
}

// The lines of a text, folded one by one.
std::vector<std::string> folded_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(letter::folded(text.substr(start, end - start)));
    start = end + 1;
  }
  return lines;
}

// "NEE LE 2 MARS 1957", "NE LE 02/03/1957": the first of them that is a date.
std::optional<letter::Day> birth_in(const std::string& folded) {
  static const std::regex born(
      R"(NE ?(?:E|\(E\))? LE (\d{1,2})(?:ER)?[ /.-]{1,3}(\d{1,2}|[A-Z]{3,9})[ /.-]{1,3}(\d{4})(?!\d))");
  constexpr std::size_t window = 48;
  static constexpr std::array<std::string_view, 12> months{"JANVIER",   "FEVRIER", "MARS",     "AVRIL",
                                                           "MAI",       "JUIN",    "JUILLET",  "AOUT",
                                                           "SEPTEMBRE", "OCTOBRE", "NOVEMBRE", "DECEMBRE"};
  for (auto at = folded.find("NE"); at != std::string::npos; at = folded.find("NE", at + 1)) {
    const std::string here = folded.substr(at, window);
    std::smatch found;
    if ((at > 0 && is_alnum(folded[at - 1])) ||
        !std::regex_search(here, found, born, std::regex_constants::match_continuous))
      continue;
    std::string month = found[2];
    if (const auto named = std::find(months.begin(), months.end(), month); named != months.end())
      month = std::to_string(named - months.begin() + 1);
    if (const auto day = day_of(found[1], month, found[3])) return day;
  }
  return std::nullopt;
}

// The head of a free letter: the name stands first, the town's line begins with the postcode, the street's
// with a number.
void add_sender(const letter::ReadLetter& read, const std::string& folded, std::vector<FollowUpKey>& out) {
  const letter::Field* head = letter::find(read, "EXPEDITEUR");
  if (head == nullptr) return;
  const auto lines = folded_lines(head->text.reveal());
  if (lines.empty() || lines.front().empty() || std::any_of(lines[0].begin(), lines[0].end(), is_digit))
    return;
  std::string postcode, street;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto digits = std::min(lines[i].find_first_not_of("0123456789"), lines[i].size());
    if (digits == 5) postcode = lines[i].substr(0, 5);
    if (digits > 0 && digits < 5 && street.empty()) street = lines[i];
  }
  if (const auto born = birth_in(folded)) add(out, "name_birth", lines[0] + " " + letter::iso(*born));
  if (!postcode.empty() && !street.empty())
    add(out, "name_address", lines[0] + "|" + postcode + "|" + street);
}

}  // namespace

std::vector<FollowUpKey> keys(const letter::ReadLetter& read) {
  std::string_view all = read.full_text.reveal();
  if (all.empty()) all = read.text.reveal();
  const std::string folded = letter::folded(all.substr(0, text_at_most));
  std::vector<FollowUpKey> out;
  add_references(folded, out);
  add_field(read, "NUM_ADHERENT", "member", out);
  add_labelled(folded, "ADHERENT", "member", out);
  add_labelled(folded, "CLIENT", "member", out);
  add_field(read, "NUM_CONTRAT", "contract", out);
  add_labelled(folded, "CONTRAT", "contract", out);
  add_field(read, "NUM_DOSSIER", "file", out);
  add_labelled(folded, "DOSSIER", "file", out);
  add_labelled(folded, "SINISTRE", "file", out);
  add_form_person(read, out);
  add_sender(read, folded, out);
  return out;
}

}  // namespace classify
