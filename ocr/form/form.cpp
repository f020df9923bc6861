#include "ocr/form/form.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "letter/service.hpp"
#include "letter/tree.hpp"
#include "ocr/form/portrait.hpp"

namespace ocr {
namespace {

using letter::Result;
using letter::Tree;

constexpr std::array<std::pair<std::string_view, ElementKind>, 8> kinds{{
    {"anchor", ElementKind::anchor},
    {"anchor_hollow", ElementKind::anchor_hollow},
    {"qr", ElementKind::qr},
    {"tick", ElementKind::tick},
    {"comb", ElementKind::comb},
    {"text_lines", ElementKind::text_lines},
    {"signature", ElementKind::signature},
    {"reserved", ElementKind::reserved},
}};
constexpr std::array<std::string_view, 6> checks{"nir", "siret", "date", "postcode", "phone", "email"};
constexpr std::array<std::string_view, 4> rules{"", "0..1", "exactly 1", "1..n"};

template <class List>
bool contains(const List& list, std::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

// Reads one table and remembers the first thing wrong with it; after that every answer is a default, so
// the code that reads stays a plain list of keys.
class Table {
 public:
  Table(const Tree& tree, std::string where, std::optional<letter::Reason>& first)
      : tree_(tree), where_(std::move(where)), first_(first) {}

  void wrong(std::string code, const std::string& key, const std::string& fr, const std::string& en) {
    if (first_) return;
    first_ =
        letter::Reason{"form." + std::move(code), "Formulaire " + where_ + ", clé « " + key + " » : " + fr,
                       "Form " + where_ + ", key \"" + key + "\": " + en};
  }

  void allow_only(std::initializer_list<std::string_view> keys) {
    for (const auto& [key, unused] : tree_.fields())
      if (!contains(keys, key)) wrong("unknown_key", key, "clé inconnue", "unknown key");
  }

  std::string text(const std::string& key, bool required) {
    const Tree* found = look(key, required);
    if (!found) return {};
    if (!found->is_text()) bad(key, "un texte", "a text");
    return std::string(found->text_or(""));
  }

  double number(const std::string& key, double otherwise) {
    const Tree* found = look(key, false);
    if (!found) return otherwise;
    if (!found->is_number()) bad(key, "un nombre", "a number");
    return found->number_or(otherwise);
  }

  std::uint32_t count(const std::string& key, std::uint32_t otherwise) {
    const double value = number(key, otherwise);
    if (value >= 1 && value <= 1000 && value == static_cast<std::uint32_t>(value))
      return static_cast<std::uint32_t>(value);
    bad(key, "un nombre entier de 1 à 1000", "a whole number of 1 to 1000");
    return otherwise;
  }

  std::pair<double, double> pair(const std::string& key, bool required) {
    const std::vector<double> both = numbers(key, required);
    if (both.size() == 2) return {both[0], both[1]};
    if (look(key, required)) bad(key, "deux nombres", "two numbers");
    return {};
  }

  std::vector<double> numbers(const std::string& key, bool required) {
    std::vector<double> all;
    const Tree* found = look(key, required);
    if (!found) return all;
    if (!found->is_list()) bad(key, "une liste de nombres", "a list of numbers");
    for (const Tree& one : found->items()) {
      if (!one.is_number()) bad(key, "une liste de nombres", "a list of numbers");
      all.push_back(one.number_or(0));
    }
    return all;
  }

  bool flag(const std::string& key) {
    const Tree* found = look(key, false);
    if (found && *found != Tree(true) && *found != Tree(false)) bad(key, "true ou false", "true or false");
    return found && found->flag_or(false);
  }

  const Tree* look(const std::string& key, bool required) {
    const Tree* found = tree_.find(key);
    if (!found && required) wrong("missing_key", key, "clé manquante", "missing key");
    return found;
  }

  void bad(const std::string& key, const std::string& fr, const std::string& en) {
    wrong("bad_value", key, "il faut " + fr, "it must be " + en);
  }

 private:
  const Tree& tree_;
  std::string where_;
  std::optional<letter::Reason>& first_;
};

// What every element of one file is measured with.
struct Frame {
  std::string file;
  std::pair<double, double> tick_size, cell_size;
  std::map<std::string, std::string> groups;  // name -> rule
  std::optional<letter::Reason> first;        // the first thing wrong
};

// "A-Z -'" -> "ABC...Z -'"; nothing when a range is reversed, a character stands twice or is not ASCII.
std::optional<std::string> written_out(std::string_view charset) {
  const auto same_class = [](char a, char b) {
    return (a >= '0' && a <= b && b <= '9') || (a >= 'A' && a <= b && b <= 'Z');
  };
  std::string all;
  for (std::size_t i = 0; i < charset.size(); ++i) {
    const char first = charset[i];
    const bool range = i + 2 < charset.size() && charset[i + 1] == '-' && same_class(first, charset[i + 2]);
    const char last = range ? charset[i + 2] : first;
    if (range) i += 2;
    for (char c = first; c <= last; ++c) {
      if (c < ' ' || c > '~' || all.find(c) != std::string::npos) return std::nullopt;
      all.push_back(c);
    }
  }
  if (all.empty()) return std::nullopt;
  return all;
}

void check_charset(Table& table, const std::string& key, const std::string& charset) {
  if (!written_out(charset))
    table.wrong("charset", key, "jeu de caractères vide, répété ou mal formé",
                "character set is empty, repeats itself or is badly formed");
}

void read_cell_charsets(Table& table, Element& element) {
  const Tree* exceptions = table.look("cell_charset", false);
  if (!exceptions) return;
  for (const auto& [cell, charset] : exceptions->fields()) {
    std::uint32_t number = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), number);
    if (number < 1 || number > element.cell_x.size() || !charset.is_text())
      return table.bad("cell_charset", "un numéro de case et un texte", "a cell's number and a text");
    element.cell_charsets.emplace_back(number, charset.text_or(""));
    check_charset(table, "cell_charset", element.cell_charsets.back().second);
  }
  std::sort(element.cell_charsets.begin(), element.cell_charsets.end());
}

void read_patterns(Table& table, Element& element) {
  const Tree* patterns = table.look("patterns", false);
  if (!patterns) return;
  for (const Tree& one : patterns->items()) {
    element.patterns.emplace_back(one.text_or(""));
    const std::size_t cells = element.patterns.back().size();
    if (cells < 1 || cells > element.cell_x.size())
      return table.bad("patterns", "des textes d’une à toutes les cases", "texts of one to all cells");
  }
}

void read_comb(Table& table, const Frame& frame, Element& element) {
  table.allow_only(
      {"id", "type", "label", "at", "cells", "gap", "charset", "cell_charset", "check", "patterns"});
  const double gap = table.number("gap", 0);
  if (gap < 0) table.wrong("overlap", "gap", "les cases se chevauchent", "cells overlap");
  element.cell_w = frame.cell_size.first;
  double x = element.x;
  for (const double run : table.numbers("cells", true)) {
    if (run < 1 || run > 100) return table.bad("cells", "des nombres de 1 à 100", "numbers of 1 to 100");
    if (!element.cell_x.empty()) x += gap;
    for (int cell = 0; cell < static_cast<int>(run); ++cell, x += element.cell_w) element.cell_x.push_back(x);
  }
  if (element.cell_x.empty()) table.bad("cells", "au moins une case", "at least one cell");
  element.w = x - element.x;
  element.h = frame.cell_size.second;
  element.charset = table.text("charset", true);
  check_charset(table, "charset", element.charset);
  read_cell_charsets(table, element);
  element.check = table.text("check", false);
  if (!element.check.empty() && !contains(checks, element.check))
    table.wrong("check", "check", "vérification inconnue", "unknown check");
  read_patterns(table, element);
}

void read_tick(Table& table, const Frame& frame, Element& element) {
  table.allow_only({"id", "type", "label", "at", "group", "queue"});
  std::tie(element.w, element.h) = frame.tick_size;
  element.group = table.text("group", false);
  element.queue = table.text("queue", false);
  if (const auto group = frame.groups.find(element.group); group != frame.groups.end())
    element.group_rule = group->second;
  else if (!element.group.empty())
    table.wrong("group", "group", "groupe absent de [groups]", "group is not in [groups]");
  if (!element.queue.empty() && !letter::parse_queue(element.queue))
    table.wrong("queue", "queue", "service inconnu", "unknown queue");
}

void read_area(Table& table, Element& element) {
  std::tie(element.w, element.h) = table.pair("size", true);
  if (element.kind == ElementKind::qr) {
    table.allow_only({"id", "type", "label", "at", "size", "payload"});
    element.payload = table.text("payload", true);
  } else if (element.kind == ElementKind::text_lines) {
    table.allow_only({"id", "type", "label", "at", "size", "lines", "line_pitch"});
    element.lines = table.count("lines", 1);
    element.line_pitch = table.number("line_pitch", element.h);
    if (element.line_pitch <= 0 || element.line_pitch * element.lines > element.h)
      table.bad("line_pitch", "un écart qui tient dans la hauteur", "a distance that fits the height");
  } else {
    table.allow_only({"id", "type", "label", "at", "size"});
  }
}

Element read_element(const Tree& tree, Frame& frame) {
  const std::string id(letter::value(tree, "id").text_or("?"));
  Table table(tree, frame.file + ", élément/element " + id, frame.first);
  Element element;
  element.id = table.text("id", true);
  element.label = table.text("label", false);
  std::tie(element.x, element.y) = table.pair("at", true);
  const std::string type = table.text("type", true);
  const auto* kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.first == type; });
  if (kind == kinds.end()) {
    table.wrong("bad_value", "type", "type d’élément inconnu", "unknown type of element");
    return element;
  }
  element.kind = kind->second;
  if (element.kind == ElementKind::comb)
    read_comb(table, frame, element);
  else if (element.kind == ElementKind::tick)
    read_tick(table, frame, element);
  else
    read_area(table, element);
  if (element.w <= 0 || element.h <= 0) table.bad("size", "plus grand que zéro", "more than zero");
  return element;
}

Caption read_caption(const Tree& tree, Frame& frame) {
  Table table(tree, frame.file + ", caption", frame.first);
  table.allow_only({"at", "size", "bold", "text"});
  Caption caption;
  std::tie(caption.x, caption.y) = table.pair("at", true);
  caption.size = table.number("size", caption.size);
  caption.bold = table.flag("bold");
  caption.text = table.text("text", true);
  if (caption.size < 1 || caption.size > 50) table.bad("size", "de 1 à 50 mm", "1 to 50 mm");
  return caption;
}

// What only shows when all elements are known.
void check_together(const Form& form, Frame& frame) {
  const Tree none;
  std::set<std::string> ids, used;
  std::array<int, kinds.size()> seen{};
  for (const Element& one : form.elements) {
    Table table(none, frame.file + ", élément/element " + one.id, frame.first);
    if (!ids.insert(one.id).second) table.wrong("duplicate_id", "id", "déjà employé", "used twice");
    if (one.x < 0 || one.y < 0 || one.x + one.w > form.width || one.y + one.h > form.height)
      table.wrong("off_sheet", "at", "hors de la feuille", "off the sheet");
    for (const Element& other : form.elements) {
      if (&other == &one) break;
      if (one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h &&
          other.y < one.y + one.h)
        table.wrong("overlap", "at", "chevauche " + other.id, "overlaps " + other.id);
    }
    const std::string payload =
        "KLR;form=" + form.code + ";v=" + std::to_string(form.version) + ";p=" + std::to_string(form.page);
    if (one.kind == ElementKind::qr && one.payload != payload)
      table.wrong("payload", "payload", "il faut « " + payload + " »", "it must be \"" + payload + "\"");
    used.insert(one.group);
    ++seen[static_cast<std::size_t>(one.kind)];
  }
  Table whole(none, frame.file, frame.first);
  for (const auto& [name, rule] : frame.groups)
    if (!used.contains(name)) whole.wrong("group", name, "groupe sans case", "group without a tick");
  if (seen[0] != 3 || seen[1] != 1)
    whole.wrong("anchors", "element", "il faut trois repères pleins et un creux",
                "three solid anchors and a hollow one are needed");
  for (const Caption& caption : form.captions)
    if (caption.x < 0 || caption.y < 0 || caption.x > form.width || caption.y > form.height)
      whole.wrong("off_sheet", "caption", "hors de la feuille", "off the sheet");
}

void read_groups(const Tree& tree, Frame& frame) {
  Table table(tree, frame.file + ", [groups]", frame.first);
  for (const auto& [name, rule] : tree.fields()) {
    frame.groups[name] = table.text(name, true);
    if (!contains(rules, frame.groups[name])) table.wrong("group", name, "règle inconnue", "unknown rule");
  }
}

Result<Form> read_form(const Tree& tree, const std::string& file) {
  Frame frame{file, {}, {}, {}, {}};
  Table table(tree, file, frame.first);
  table.allow_only({"id", "code", "version", "page", "title", "sheet", "font", "tick_size", "cell_size",
                    "groups", "element", "caption"});
  Form form;
  form.id = table.text("id", true);
  form.code = table.text("code", true);
  form.version = static_cast<int>(table.count("version", 1));
  form.page = static_cast<int>(table.count("page", 1));
  form.title = table.text("title", true);
  form.font = table.text("font", true);
  std::tie(form.width, form.height) = table.pair("sheet", true);
  frame.tick_size = table.pair("tick_size", true);
  frame.cell_size = table.pair("cell_size", true);
  if (const auto [w, h] = frame.cell_size; w <= 0 || h <= 0)
    table.bad("cell_size", "plus grand que zéro", "more than zero");
  read_groups(letter::value(tree, "groups"), frame);
  if (letter::value(tree, "element").items().empty()) table.look("element", true);
  for (const Tree& one : letter::value(tree, "element").items())
    form.elements.push_back(read_element(one, frame));
  for (const Tree& one : letter::value(tree, "caption").items())
    form.captions.push_back(read_caption(one, frame));
  check_together(form, frame);
  if (frame.first) return tl::unexpected(*frame.first);
  return form;
}

}  // namespace

Result<Form> load_form(const std::filesystem::path& toml) {
  const std::string name = toml.filename().string();
  std::ifstream file(toml, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file)
    return letter::fault("form.unreadable", "Formulaire " + name + " illisible.",
                         "Form " + name + " cannot be read.");
  const Result<Tree> tree = letter::parse_toml(text, name);
  if (!tree) return tl::unexpected(tree.error());
  return read_form(*tree, name);
}

Result<std::vector<Form>> load_forms(const std::filesystem::path& models_dir) {
  std::vector<std::filesystem::path> files;
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator(models_dir / "forms", gone))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  if (files.empty())
    return letter::fault("form.none", "Aucun formulaire dans models/forms.",
                         "There is no form in models/forms.");
  std::sort(files.begin(), files.end());

  std::vector<Form> forms;
  for (const auto& file : files) {
    Result<Form> form = load_form(file);
    if (!form) return tl::unexpected(form.error());
    for (const Form& other : forms)
      if (other.id == form->id ||
          (other.code == form->code && other.version == form->version && other.page == form->page))
        return letter::fault("form.duplicate",
                             file.filename().string() + " répète un formulaire déjà chargé.",
                             file.filename().string() + " repeats a form already loaded.");
    std::ifstream picture(std::filesystem::path(file).replace_extension(".png"), std::ios::binary);
    const std::string png{std::istreambuf_iterator<char>(picture), {}};
    form->portrait = std::make_shared<const Portrait>(portrait_of(*form, png));
    forms.push_back(std::move(*form));
  }
  std::sort(forms.begin(), forms.end(), [](const Form& a, const Form& b) { return a.id < b.id; });
  return forms;
}

const Element* find(const Form& form, const std::string& element_id) {
  for (const Element& one : form.elements)
    if (one.id == element_id) return &one;
  return nullptr;
}

std::string cell_letters(const Element& comb, std::uint32_t cell) {
  for (const auto& [number, charset] : comb.cell_charsets)
    if (number == cell) return written_out(charset).value_or("");
  return written_out(comb.charset).value_or("");
}

}  // namespace ocr
