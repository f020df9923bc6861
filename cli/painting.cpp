#include "cli/painting.hpp"

#include <algorithm>

#include "models/workshop/specimen.hpp"

namespace cli {
namespace {

constexpr std::uint64_t most_painted = 100000;

letter::Result<workshop::Faces> faces_of(const std::string& word) {
  if (word == "any") return workshop::Faces::any;
  if (word == "seen") return workshop::Faces::seen;
  if (word == "unseen") return workshop::Faces::unseen;
  return letter::fault("usage.value", "--faces vaut any, seen ou unseen.", "--faces is any, seen or unseen.");
}

letter::Result<workshop::Texts> texts_of(const std::string& word) {
  if (word == "stock") return workshop::Texts::stock;
  if (word == "mail") return workshop::Texts::mail;
  return letter::fault("usage.value", "--texts vaut stock ou mail.", "--texts is stock or mail.");
}

tl::unexpected<letter::Reason> wrong_value(const std::string& option, const std::string& values) {
  return letter::fault("usage.value", option + " vaut " + values + ".", option + " is " + values + ".");
}

// What chance would decide, where the caller does.
letter::Result<workshop::Order> narrowed(workshop::Order order, const Arguments& arguments) {
  const std::string only = arguments.text("--only", ""), by = arguments.text("--by", "");
  if (!only.empty() && only != "form" && only != "letter") return wrong_value("--only", "form, letter");
  if (!only.empty()) order.on_form = only == "form";
  if (by == "hand" || by == "machine")
    order.hand = by == "hand";
  else
    order.manner = workshop::manner_of(by);
  if (!by.empty() && !order.manner && !order.hand)
    return wrong_value("--by", "hand, machine, typed, typewriter, dot");
  order.mishaps = arguments.has("--mishaps");
  order.envelope = arguments.has("--envelope");
  if (!arguments.has("--families")) return order;
  auto families = workshop::load_families(arguments.text("--families"));
  if (!families) return tl::unexpected(families.error());
  order.families = std::move(*families);
  if (order.manner == workshop::Manner::dot && std::any_of(order.families.begin(), order.families.end(),
                                                           [](const auto& face) { return face.dots == 0; }))
    return wrong_value("--families", "family;scale;needles");
  return order;
}

}  // namespace

std::vector<Option> painting_options() {
  return {
      {"--seed", Kind::whole, "N", "graine : mêmes lettres, mêmes octets (défaut : 1)",
       "seed: same letters, same bytes (default: 1)"},
      {"--arrived", Kind::day, "AAAA-MM-JJ", "jour d'arrivée (défaut : aujourd'hui)",
       "day of arrival (default: today)"},
      {"--faces", Kind::text, "CHOIX",
       "écritures et caractères : any, seen (permis à l'apprentissage) ou unseen (jamais vus)",
       "faces: any, seen (training may use them) or unseen (no training ever does)"},
      {"--texts", Kind::text, "CHOIX",
       "textes : stock, ou mail (aussi les lettres dont le tri est appris : pour la lecture seulement)",
       "texts: stock, or mail (also the letters that sorting is trained on: for reading only)"},
      {"--only", Kind::text, "PAPIER", "form ou letter (défaut : les deux)",
       "form or letter (default: both)"},
      {"--by", Kind::text, "OUTIL",
       "hand, machine, ou laquelle : typed, typewriter, dot (défaut : toutes, et la main)",
       "hand, machine, or which one: typed, typewriter, dot (default: all, and the hand)"},
      {"--families", Kind::path, "FICHIER",
       "dans ces écritures-ci, une ligne « famille;échelle » par écriture",
       "in these faces instead, a line \"family;scale\" each"},
      {"--mishaps", Kind::flag, "", "les accidents ordinaires de numérisation, tour à tour",
       "the ordinary mishaps of scanning, one after another"},
      {"--envelope", Kind::flag, "", "avec l'enveloppe en première page", "with the envelope as first page"},
      {"--form", Kind::text, "ID", "formulaire (défaut : reclamation)", "form (default: reclamation)"}};
}

letter::Result<std::vector<std::filesystem::path>> paint_into(const std::filesystem::path& dir,
                                                              std::uint64_t count, const Arguments& arguments,
                                                              const Front& front) {
  const auto config = settings(arguments);
  if (!config) return tl::unexpected(config.error());
  if (count < 1 || count > most_painted)
    return letter::fault("usage.value", "On peint de 1 à 100000 lettres.",
                         "1 to 100000 letters can be painted.");
  const auto faces = faces_of(arguments.text("--faces", "any"));
  if (!faces) return tl::unexpected(faces.error());
  const auto texts = texts_of(arguments.text("--texts", "stock"));
  if (!texts) return tl::unexpected(texts.error());
  const auto forms = ocr::load_forms(config->models_dir);
  if (!forms) return tl::unexpected(forms.error());
  const auto wanted = arguments.text("--form", "reclamation");
  const auto form =
      std::find_if(forms->begin(), forms->end(), [&](const ocr::Form& one) { return one.id == wanted; });
  if (form == forms->end()) return letter::fault("form.unknown", "Formulaire inconnu.", "Unknown form.");
  workshop::Order order;
  order.seed = arguments.whole("--seed", 1);
  order.arrived = arguments.day("--arrived").value_or(letter::paris_day(front.now()));
  order.faces = *faces;
  order.texts = *texts;
  const auto wanted_order = narrowed(std::move(order), arguments);
  if (!wanted_order) return tl::unexpected(wanted_order.error());
  return workshop::write_specimens(dir, static_cast<std::uint32_t>(count), *form, *wanted_order);
}

}  // namespace cli
