#include "ocr/boxes/corroborate.hpp"

#include <algorithm>

#include "ocr/boxes/birth.hpp"
#include "ocr/check/validate.hpp"

namespace ocr {
namespace {

// People whose papers differ exist, and months that are none. Only a number whose key holds bears out: each
// was read with the other's help.
Corroborated birth(const std::string& nir, const std::string& born) {
  if (check_nir(nir).verdict != CheckVerdict::ok) return Corroborated::unknown;
  const auto same = same_birth(nir, born);
  if (!same) return Corroborated::unknown;
  return *same ? Corroborated::yes : Corroborated::no;
}

bool in_address(const std::string& name, const std::string& email) {
  const std::string letters = letters_of(name), local = letters_of(email.substr(0, email.find('@')));
  return letters.size() >= least_name_letters && local.find(letters) != std::string::npos;
}

// A town that its postcode does not have is misread, or the postcode is. One hand writes a name twice, and
// twice it may be misread alike: only the list bears a place of signing out.
Corroborated town(const std::vector<BoxRead>& all) {
  const BoxRead *town = find_box(all, "ADR_VILLE"), *code = find_box(all, "ADR_CP");
  if (!town || !code || !good(check(code->element->check, code->settled.text).verdict))
    return Corroborated::unknown;
  if (has_note(*town, "field.hyphen_unseen")) return Corroborated::unknown;
  return has_note(*town, "field.listed") ? Corroborated::yes : Corroborated::no;
}

std::string without_margins(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Corroborated yes_if(bool borne_out) { return borne_out ? Corroborated::yes : Corroborated::unknown; }

}  // namespace

Corroborated corroborated(const BoxRead& box, const std::vector<BoxRead>& all) {
  const std::string& id = box.element->id;
  const auto other = [&](std::string_view name) {
    const BoxRead* found = find_box(all, name);
    return found ? found->settled.text : std::string();
  };
  if (id == "NIR") return birth(box.settled.text, other("DATE_NAISSANCE"));
  if (id == "DATE_NAISSANCE") return birth(other("NIR"), box.settled.text);
  if (id == "FAIT_A")
    return without_margins(box.settled.text) == without_margins(other("ADR_VILLE")) ? town(all)
                                                                                    : Corroborated::unknown;
  if (id == "ADR_VILLE") return town(all) == Corroborated::no ? Corroborated::no : Corroborated::unknown;
  if (id == "EMAIL")
    return yes_if(in_address(other("NOM_USAGE"), box.settled.text) ||
                  in_address(other("PRENOM"), box.settled.text));
  if (id == "NOM_USAGE" || id == "NOM_NAISSANCE" || id == "PRENOM")
    return yes_if(in_address(box.settled.text, other("EMAIL")));
  return Corroborated::unknown;
}

}  // namespace ocr
