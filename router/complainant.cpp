#include "router/complainant.hpp"

namespace router {

namespace {

std::string read_text(const letter::ReadLetter& read, std::string_view field_id) {
  const letter::Field* field = letter::find(read, field_id);
  return field && field->verdict != letter::Verdict::unread ? field->text.reveal() : "";
}

}  // namespace

letter::PersonalText complainant_of(const letter::ReadLetter& read) {
  const std::string company = read_text(read, "RAISON_SOCIALE");
  const letter::Field* as_company = letter::find(read, "QUAL_ENTREPRISE");
  if (!company.empty() && as_company && as_company->tick == letter::TickState::ticked)
    return letter::PersonalText(company);
  std::string person = read_text(read, "NOM_USAGE");
  if (person.empty()) person = read_text(read, "NOM_NAISSANCE");
  const std::string first_name = read_text(read, "PRENOM");
  if (!person.empty() && !first_name.empty()) person += " ";
  person += first_name;
  if (person.empty()) person = company;
  return person.empty() ? read.sender : letter::PersonalText(person);
}

}  // namespace router
