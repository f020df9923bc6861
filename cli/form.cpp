// `vaguemestre form`: the empty form and the separator sheets on paper, and the forms that are known.
#include "ocr/form/form.hpp"

#include <algorithm>
#include <cctype>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/table.hpp"
#include "models/workshop/blank_form.hpp"
#include "models/workshop/separator_sheet.hpp"

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

constexpr std::uint64_t most_sheets = 500, most_letters = 9999;

// What was asked for, as the first sheet of a series.
letter::Result<page::Separator> separator_asked(const Arguments& arguments) {
  std::string word = arguments.text("--type");
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto type = page::parse_separator_type(word);
  if (!type || std::filesystem::path(arguments.text("--out")).extension() != ".pdf")
    return letter::fault("usage.separator",
                         "Il faut `form separator --type DOC|BATCH|SEALED --out FICHIER.pdf`.",
                         "Use `form separator --type DOC|BATCH|SEALED --out FILE.pdf`.");
  page::Separator first{*type, letter::PostBox::none, arguments.text("--seq", "0001"), {}, {}};
  if (arguments.has("--box")) first.box = letter::parse_post_box(arguments.text("--box")).value_or(first.box);
  if (*type != page::SeparatorType::batch && (arguments.has("--count") || arguments.has("--date")))
    return letter::fault(
        "usage.separator",
        "--count et --date n'ont de sens qu'avec --type BATCH ; pour plusieurs feuilles : --copies.",
        "--count and --date mean something with --type BATCH only; for several sheets: --copies.");
  first.arrived_on = arguments.day("--date");
  if (!arguments.has("--count")) return first;
  const std::uint64_t count = arguments.whole("--count", 0);
  if (count < 1 || count > most_letters)
    return letter::fault("usage.value", "--count va de 1 à 9999.", "--count goes from 1 to 9999.");
  first.expected = static_cast<std::uint32_t>(count);
  return first;
}

int separator(const Arguments& arguments, Front& front) {
  const auto first = separator_asked(arguments);
  if (!first) return fail(front, belt::exit_usage, first.error());
  const std::uint64_t copies = arguments.whole("--copies", 1);
  if (copies < 1 || copies > most_sheets)
    return fail(front, belt::exit_usage,
                {"usage.value", "--copies va de 1 à 500.", "--copies goes from 1 to 500."});
  const auto sheets = workshop::numbered_separators(*first, static_cast<std::uint32_t>(copies));
  if (!sheets) return fail(front, belt::exit_usage, sheets.error());
  const auto saved = save_file(arguments.text("--out"), workshop::print_separators(*sheets));
  return saved ? belt::exit_ok : fail(front, belt::exit_file_access, saved.error());
}

int form(const Arguments& arguments, Front& front) {
  if (arguments.text("ACTION") == "separator") return separator(arguments, front);
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto forms = ocr::load_forms(config->models_dir);
  if (!forms) return fail(front, belt::exit_missing, forms.error());
  if (arguments.text("ACTION") == "list") return list(*forms, front);
  if (arguments.text("ACTION") != "blank" || !arguments.has("FORM") || !arguments.has("--out"))
    return fail(
        front, belt::exit_usage,
        {"usage.form",
         "Il faut `form list`, `form blank FORMULAIRE --out FICHIER` ou `form separator --type TYPE --out "
         "FICHIER`.",
         "Use `form list`, `form blank FORM --out FILE` or `form separator --type TYPE --out FILE`."});
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
  return {
      "form",
      "imprime un formulaire vierge (blank) ou des intercalaires (separator), ou liste les formulaires "
      "(list)",
      "prints an empty form (blank) or separator sheets (separator), or lists the forms (list)",
      "vaguemestre form separator --type BATCH --box \"TSA 20202\" --date 2026-11-23 --count 40 --out "
      "lot.pdf",
      {{"ACTION", Kind::text, "", "blank, separator ou list", "blank, separator or list", true},
       {"FORM", Kind::text, "", "le formulaire, par son id", "the form, by its id"},
       {"--out", Kind::path, "FICHIER", "où l'écrire : .pdf, .png ou .svg (intercalaires : .pdf)",
        "where to write it: .pdf, .png, .svg (separators: .pdf)"},
       {"--dpi", Kind::decimal, "N", "résolution du .png, 72 à 1200 (défaut 300)",
        "resolution of the .png, 72 to 1200 (default 300)"},
       {"--type", Kind::text, "TYPE",
        "intercalaire : DOC (un pli), BATCH (en-tête de lot), SEALED (pli fermé)",
        "separator: DOC (a letter), BATCH (a batch's header), SEALED (a sealed letter)"},
       {"--box", Kind::post_box, "BOÎTE", "intercalaire : boîte d'arrivée", "separator: post box"},
       {"--date", Kind::day, "AAAA-MM-JJ", "en-tête de lot : jour d'arrivée", "batch header: day of arrival"},
       {"--count", Kind::whole, "N", "en-tête de lot : plis attendus", "batch header: letters expected"},
       {"--copies", Kind::whole, "N", "intercalaires : combien de feuilles, numérotées à la suite (défaut 1)",
        "separators: how many sheets, numbered on (default 1)"},
       {"--seq", Kind::text, "N", "intercalaires : premier numéro (défaut 0001)",
        "separators: first number (default 0001)"},
       config_option()},
      form};
}

}  // namespace cli
