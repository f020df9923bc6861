// `vaguemestre form`: the empty form on paper, and the forms that are known.
#include "ocr/form.hpp"

#include <algorithm>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/table.hpp"
#include "models/workshop/blank_form.hpp"

namespace cli {
namespace {

int list(const std::vector<ocr::Form>& forms, Front& front) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& form : forms)
    rows.push_back(
        {form.id, form.code, std::to_string(form.version), std::to_string(form.elements.size()), form.title});
  front.out << table({{"Id"},
                      {"Code"},
                      {"Version", Side::right},
                      {front.tell("Éléments", "Elements"), Side::right},
                      {front.tell("Titre", "Title")}},
                     rows);
  return belt::exit_ok;
}

int blank(const ocr::Form& form, const Arguments& arguments, Front& front) {
  const std::filesystem::path out = arguments.text("--out");
  const auto extension = out.extension();
  auto format = workshop::PrintFormat::pdf;
  if (extension == ".png") {
    format = workshop::PrintFormat::png;
  } else if (extension == ".svg") {
    format = workshop::PrintFormat::svg;
  } else if (extension != ".pdf") {
    return fail(front, belt::exit_usage,
                {"usage.format", "--out attend un nom en .pdf, .png ou .svg.",
                 "--out expects a name in .pdf, .png or .svg."});
  }
  const auto bytes = workshop::print_blank(form, format, arguments.decimal("--dpi", 300));
  if (!bytes) return fail(front, belt::exit_bad_input, bytes.error());
  const auto saved = save_file(out, *bytes);
  return saved ? belt::exit_ok : fail(front, belt::exit_file_access, saved.error());
}

int form(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto forms = ocr::load_forms(config->models_dir);
  if (!forms) return fail(front, belt::exit_missing, forms.error());
  if (arguments.text("ACTION") == "list") return list(*forms, front);
  if (arguments.text("ACTION") != "blank" || !arguments.has("FORM") || !arguments.has("--out"))
    return fail(front, belt::exit_usage,
                {"usage.form", "Il faut `form list` ou `form blank FORMULAIRE --out FICHIER`.",
                 "Use `form list` or `form blank FORM --out FILE`."});
  const auto found = std::find_if(forms->begin(), forms->end(),
                                  [&](const ocr::Form& one) { return one.id == arguments.text("FORM"); });
  if (found == forms->end())
    return fail(front, belt::exit_bad_input,
                {"form.unknown", "Formulaire inconnu : voir `vaguemestre form list`.",
                 "Unknown form: see `vaguemestre form list`."});
  return blank(*found, arguments, front);
}

}  // namespace

Command form_command() {
  return {"form",
          "imprime un formulaire vierge (blank), ou liste les formulaires (list)",
          "prints an empty form (blank), or lists the forms (list)",
          "vaguemestre form blank reclamation --out reclamation.pdf",
          {{"ACTION", Kind::text, "", "blank ou list", "blank or list", true},
           {"FORM", Kind::text, "", "le formulaire, par son id", "the form, by its id"},
           {"--out", Kind::path, "FICHIER", "où l'écrire : .pdf, .png ou .svg",
            "where to write it: .pdf, .png, .svg"},
           {"--dpi", Kind::decimal, "N", "résolution du .png, 72 à 1200 (défaut 300)",
            "resolution of the .png, 72 to 1200 (default 300)"},
           config_option()},
          form};
}

}  // namespace cli
