#include "ocr/boxes/settle.hpp"

#include <algorithm>

#include "ocr/check/validate.hpp"

namespace ocr {
namespace {

constexpr std::size_t readings = 600;  // that are looked at
constexpr std::size_t most_changed = 2;
constexpr double sense_enough = 0.5;

// How often people write what does not pass the check, against what does: a reading that fails it must be so
// much likelier by its strokes to be believed.
double failing(const std::string& validator) {
  if (validator == "nir" || validator == "siret") return 0.003;
  if (validator == "date") return 0.002;
  if (validator == "postcode") return 0.02;
  return 0.02;
}

// Weight of a reading by what is known; 1 = nothing against it.
double weight_of(const Element& comb, const std::string& text, const std::optional<letter::Day>& latest) {
  if (comb.check.empty()) return 1;
  const double doubt = failing(comb.check);
  const Checked checked = check(comb.check, text);
  if (!good(checked.verdict)) return doubt;
  if (comb.check == "date" && latest) {
    const auto day = day_of(text);
    if (!day || *day > *latest) return doubt;
  }
  return 1;
}

letter::Reason failed_note(const std::string& validator) {
  return {"field.check_failed", "La valeur lue ne passe pas le contrôle « " + validator + " ».",
          "The value read does not pass the check \"" + validator + "\"."};
}

letter::Reason repaired_note(const std::string& validator) {
  return {"field.repaired", "Un caractère incertain a été rétabli par le contrôle « " + validator + " ».",
          "An uncertain character was put right by the check \"" + validator + "\"."};
}

letter::Reason late_note() {
  return {"field.date_late", "La date lue est postérieure à l’arrivée du pli.",
          "The date read is later than the letter's arrival."};
}

}  // namespace

double looks(const std::vector<CellChoices>& cells) {
  double least = 1;
  for (const CellChoices& cell : cells) least = std::min(least, cell.inked ? cell.sense : 1.0);
  return std::min(1.0, least / sense_enough);
}

Settled settle(const Element& comb, const std::vector<CellChoices>& cells,
               const std::optional<letter::Day>& latest) {
  Settled out;
  const std::string own = favourite(cells);
  const double own_p = probability(cells, own);
  if (comb.check.empty()) {
    out.text = own, out.score = own_p * looks(cells);
    return out;
  }
  double sum = 0, best = 0;
  for (const Text& reading : likeliest(cells, readings)) {
    const double weight = reading.p * weight_of(comb, reading.text, latest);
    sum += weight;
    if (weight > best && reading.changed <= most_changed) best = weight, out.text = reading.text;
  }
  if (out.text.empty()) out.text = own, best = own_p;
  out.score = best / std::max(sum, 1e-30) * looks(cells);
  out.repaired = out.text != own;
  const Checked checked = check(comb.check, out.text);
  if (!good(checked.verdict)) {
    out.score = std::min(out.score, 0.5);
    out.notes.push_back(failed_note(comb.check));
  } else if (weight_of(comb, out.text, latest) < 1) {
    out.score = std::min(out.score, 0.5);
    out.notes.push_back(late_note());
  } else if (checked.verdict == CheckVerdict::key_missing) {
    out.score *= own_p;  // nothing checks it
  } else if (out.repaired) {
    out.notes.push_back(repaired_note(comb.check));
  }
  return out;
}

}  // namespace ocr
