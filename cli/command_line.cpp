// The only file that sees CLI11: words in, checked arguments out. Help is ours (French first), so
// CLI11's is switched off.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <list>

#include "cli/command.hpp"
#include "letter/service.hpp"

namespace cli {
namespace {

bool by_place(const Option& option) { return !option.name.starts_with("-"); }

bool is_whole(const std::string& text) {
  std::uint64_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc() && end == text.data() + text.size();
}

bool is_decimal(const std::string& text) {
  double n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc() && end == text.data() + text.size() && n > -1e9 && n < 1e9;
}

bool fits(const Option& option, const std::string& text) {
  switch (option.kind) {
    case Kind::whole:
      return is_whole(text);
    case Kind::decimal:
      return is_decimal(text);
    case Kind::day:
      return letter::parse_day(text).has_value();
    case Kind::post_box:
      return letter::parse_post_box(text).has_value();
    case Kind::queue:
      return letter::parse_queue(text).has_value();
    case Kind::path:
    case Kind::text:
      return !text.empty();
    case Kind::flag:
      break;
  }
  return true;
}

std::string expected_fr(Kind kind) {
  switch (kind) {
    case Kind::whole:
      return "un nombre entier";
    case Kind::decimal:
      return "un nombre";
    case Kind::day:
      return "une date AAAA-MM-JJ";
    case Kind::post_box:
      return "une boîte (« TSA 20202 », « CS 30027 », « TSA 90200 » ou « none »)";
    case Kind::queue:
      return "le nom d'une bannette (par exemple frais_sante)";
    default:
      return "une valeur";
  }
}

std::string expected_en(Kind kind) {
  switch (kind) {
    case Kind::whole:
      return "a whole number";
    case Kind::decimal:
      return "a number";
    case Kind::day:
      return "a date YYYY-MM-DD";
    case Kind::post_box:
      return "a post box (\"TSA 20202\", \"CS 30027\", \"TSA 90200\" or \"none\")";
    case Kind::queue:
      return "the name of a queue (frais_sante, say)";
    default:
      return "a value";
  }
}

// CLI11 says "--box is required" or "--box requires at least 1 argument": the first word is enough. What
// the user typed is not repeated: it may be a person's name in a file name.
tl::unexpected<letter::Reason> usage_fault(const CLI::ParseError& error) {
  const std::string said = error.what();
  const std::string first = said.substr(0, said.find_first_of(" :"));
  if (dynamic_cast<const CLI::RequiredError*>(&error))
    return letter::fault("usage.missing", "Il manque " + first + ".", first + " is missing.");
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error))
    return letter::fault("usage.value_missing", "Il faut une valeur (et une seule) à " + first + ".",
                         first + " needs one value.");
  if (dynamic_cast<const CLI::ExtrasError*>(&error))
    return letter::fault("usage.unknown", "Un mot ou une option de trop, inconnu de cette commande.",
                         "A word or option too many, unknown to this command.");
  return letter::fault("usage.wrong", "Commande mal formée.", "Badly formed command.");
}

letter::Result<Arguments> checked(const Command& command, const Arguments::Values& values) {
  for (const auto& option : command.options) {
    const auto found = values.find(option.name);
    if (found == values.end()) continue;
    for (const auto& text : found->second)
      if (!fits(option, text))
        return letter::fault("usage.value", option.name + " attend " + expected_fr(option.kind) + ".",
                             option.name + " expects " + expected_en(option.kind) + ".");
  }
  return Arguments(values);
}

letter::Result<Arguments> parse_one(const Command& command, std::vector<std::string> words) {
  CLI::App app;
  app.set_help_flag();
  std::list<std::string> texts;  // addresses must not move
  std::list<std::vector<std::string>> lists;
  std::list<bool> flags;
  std::vector<std::pair<CLI::Option*, const Option*>> made;
  for (const auto& option : command.options) {
    CLI::Option* added = nullptr;
    if (option.kind == Kind::flag) {
      added = app.add_flag(option.name, flags.emplace_back(false));
    } else if (option.many) {
      added = app.add_option(option.name, lists.emplace_back());
    } else {
      added = app.add_option(option.name, texts.emplace_back());
      if (!by_place(option)) added->take_last();
    }
    if (option.required) added->required();
    made.emplace_back(added, &option);
  }
  std::string lang;
  app.add_option("--lang", lang)->check(CLI::IsMember({"fr", "en"}));
  try {
    std::reverse(words.begin(), words.end());  // CLI11 takes them from the back
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    return usage_fault(error);
  }
  Arguments::Values values;
  for (const auto& [added, option] : made)
    if (added->count() > 0) values[option->name] = added->results();
  return checked(command, values);
}

}  // namespace

letter::Result<Parsed> parse(const std::vector<std::string>& words, const std::vector<Command>& known) {
  Parsed parsed;
  const auto end_of_options = std::find(words.begin(), words.end(), "--");
  parsed.help = std::any_of(words.begin(), end_of_options,
                            [](const std::string& word) { return word == "--help" || word == "-h"; });
  std::vector<std::string> rest = words;
  if (!rest.empty() && rest[0] == "help") {
    parsed.help = true;
    rest.erase(rest.begin());
  }
  while (rest.size() >= 2 && rest[0] == "--lang") rest.erase(rest.begin(), rest.begin() + 2);
  if (!rest.empty() && rest[0] == "--version") rest[0] = "version";
  if (rest.empty() || rest[0].starts_with("-")) {
    if (parsed.help || rest.empty()) return parsed;
    return letter::fault("usage.unknown", "La commande vient d'abord : vaguemestre COMMANDE [options].",
                         "The command comes first: vaguemestre COMMAND [options].");
  }
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const Command& command) { return command.name == rest[0]; });
  if (found == known.end())
    return letter::fault("usage.command", "Commande inconnue. `vaguemestre --help` les liste toutes.",
                         "Unknown command. `vaguemestre --help` lists them all.");
  parsed.command = &*found;
  if (parsed.help) return parsed;
  rest.erase(rest.begin());
  auto arguments = parse_one(*found, std::move(rest));
  if (!arguments) return tl::unexpected(arguments.error());
  parsed.arguments = std::move(*arguments);
  return parsed;
}

}  // namespace cli
