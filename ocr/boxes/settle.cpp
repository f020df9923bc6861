#include "ocr/boxes/settle.hpp"

#include <algorithm>

#include "ocr/check/validate.hpp"

namespace ocr {
namespace {

constexpr std::size_t readings = 600;  // that are looked at
constexpr std::size_t most_changed = 2;
constexpr double sense_enough = 0.5;
constexpr double seldom = 0.02;

// How often people write what does not pass the check, against what does: a reading that fails it must be so
// much likelier by its strokes to be believed.
double failing(const std::string& validator) {
  if (validator == "nir" || validator == "siret") return 0.003;
  if (validator == "date") return 0.002;
  if (validator == "postcode") return 0.02;
  return 0.02;
}

// A form is signed shortly before it is sent, an earlier letter is of these years, who writes is grown up.
double likely_day(const std::string& id, letter::Day day, letter::Day latest) {
  const auto days = (std::chrono::sys_days{latest} - std::chrono::sys_days{day}).count();
  if (id == "FAIT_LE") return days <= 120 ? 1 : days <= 730 ? 0.1 : 0.01;
  if (id == "DEJA_DATE") return days <= 1100 ? 1 : 0.02;
  if (id == "DATE_NAISSANCE") return days > 14 * 365 && days < 106 * 365 ? 1 : 0.02;
  return 1;
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
    return likely_day(comb.id, *day, *latest);
  }
  return 1;
}

// What may be expected in a cell before it is read: most numbers of social security begin with 1 or 2, and no
// month with 3.
double expected(const Element& comb, std::size_t cells, std::size_t cell, char letter) {
  const auto one_of = [&](std::string_view usual) {
    return usual.find(letter) == std::string_view::npos ? seldom : 1;
  };
  if (comb.check == "nir") return cell == 0 ? one_of("12") : cell == 3 ? one_of("01") : 1;
  if (comb.check == "phone") return cell == 0 ? one_of("0") : 1;
  if (comb.check != "date" || cells != 8) return 1;
  static constexpr std::string_view usual[] = {"0123", "", "01", "", "12", "09", "", ""};
  return usual[cell].empty() ? 1 : one_of(usual[cell]);
}

std::vector<CellChoices> as_expected(const Element& comb, std::vector<CellChoices> cells) {
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (cells[i].inked) weigh_choices(cells[i], [&](char c) { return expected(comb, cells.size(), i, c); });
  return cells;
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
  const std::vector<CellChoices> likely = as_expected(comb, cells);
  for (const Text& reading : likeliest(likely, readings)) {
    const double weight = probability_of_hand(likely, reading.text) * weight_of(comb, reading.text, latest);
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
  } else if (latest && comb.check == "date" && *day_of(out.text) > *latest) {
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
