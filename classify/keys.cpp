#include "classify/keys.hpp"

#include <algorithm>
#include <array>
#include <cctype>

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

void add_name_birth(const letter::ReadLetter& read, std::vector<FollowUpKey>& out) {
  const letter::Field* birth = letter::find(read, "DATE_NAISSANCE");
  const letter::Field* first = letter::find(read, "PRENOM");
  if (birth == nullptr || first == nullptr || birth->verdict == letter::Verdict::unread) return;
  const std::string digits = letters_and_digits(letter::folded(birth->text.reveal()));
  if (digits.size() != 8) return;
  const auto day =
      letter::parse_day(digits.substr(4) + "-" + digits.substr(2, 2) + "-" + digits.substr(0, 2));
  if (!day) return;
  for (const std::string_view id : {"NOM_USAGE", "NOM_NAISSANCE"}) {
    const letter::Field* name = letter::find(read, id);
    if (name == nullptr || name->verdict == letter::Verdict::unread || name->text.reveal().empty() ||
        first->text.reveal().empty()) {
      continue;
    }
    add(out, "name_birth",
        letter::folded(name->text.reveal()) + " " + letter::folded(first->text.reveal()) + " " +
            letter::iso(*day));
  }
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
  add_name_birth(read, out);
  return out;
}

}  // namespace classify
