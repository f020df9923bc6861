#include "classify/role.hpp"

namespace classify {
namespace {

bool is_filled(const letter::Field* field) { return field != nullptr && !field->text.reveal().empty(); }

}  // namespace

std::vector<Signal> role_signals(const letter::ReadLetter& read, const Rules& rules) {
  const letter::Field* company = letter::find(read, "RAISON_SOCIALE");
  const letter::Field* siret = letter::find(read, "SIRET");
  const bool person = is_filled(letter::find(read, "NOM_USAGE")) || is_filled(letter::find(read, "PRENOM")) ||
                      is_filled(letter::find(read, "NIR")) || is_filled(letter::find(read, "DATE_NAISSANCE"));
  const letter::Field* shown = is_filled(company) ? company : is_filled(siret) ? siret : nullptr;
  std::vector<Signal> signals;
  const auto add = [&](const letter::Field& field, double weight) {
    Signal signal;
    signal.shown = {"role",   letter::PersonalText(field.id), letter::Queue::entreprise, weight, field.page,
                    field.box};
    signal.adds[writer_company] += weight;
    signals.push_back(std::move(signal));
  };
  if (shown != nullptr && !person) add(*shown, rules.form_weight("company_named_alone"));
  const letter::Field* birth = letter::find(read, "DATE_NAISSANCE");
  if (is_filled(birth)) add(*birth, -rules.form_weight("birth_date_given"));
  return signals;
}

std::vector<Signal> pronoun_signals(const Words& words, const Rules& rules) {
  std::size_t we = 0, i = 0;
  for (const Word& word : words) {
    for (const std::string_view own : {"NOUS", "NOTRE", "NOS"}) we += word.text == own;
    for (const std::string_view own : {"JE", "J", "ME", "MA", "MON", "MES", "MOI", "M"})
      i += word.text == own;
  }
  if (we == 0 && i == 0) return {};
  Signal signal;
  const double weight = i == 0 ? rules.form_weight("only_we") : we == 0 ? -rules.form_weight("only_i") : 0;
  const std::string shown = i == 0 ? "NOUS" : "JE";
  signal.shown = {"role", letter::PersonalText(shown), letter::Queue::entreprise, weight, 0, {}};
  signal.adds[writer_company] += weight;
  if (weight == 0) return {};
  return {signal};
}

}  // namespace classify
