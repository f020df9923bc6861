// `vaguemestre handovers`: what left the house as no complaint, from the folders themselves.
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/table.hpp"
#include "letter/filed.hpp"
#include "letter/tree.hpp"

namespace cli {
namespace {

namespace fs = std::filesystem;
using letter::Tree;

constexpr std::uint64_t most_slip_bytes = 16u << 20;

struct HandedOver {
  std::string ref, at, by, service;
  std::size_t letters = 0, files = 0;
  bool whole = false;  // its slip can be read and every file of it is there
};

HandedOver look_at(const fs::path& folder) {
  HandedOver one;
  one.ref = folder.filename().string();
  const auto text = load_file(folder / "handover.json", most_slip_bytes);
  const auto tree = text ? letter::parse_json(*text) : letter::Result<Tree>(Tree());
  if (!tree || tree->is_null()) return one;
  one.at = letter::value(*tree, "handed_over_at").text_or("");
  one.by = letter::value(*tree, "by").text_or("");
  one.service = letter::value(*tree, "service").text_or("");
  one.whole = letter::value(*tree, "case").text_or("") == one.ref;
  for (const Tree& sorted : letter::value(*tree, "letters").items()) {
    ++one.letters;
    for (const Tree& file : letter::value(sorted, "files").items()) {
      ++one.files;
      std::error_code unreadable;
      const fs::path name = fs::path(letter::value(file, "file").text_or("")).filename();
      one.whole = one.whole && !name.empty() && fs::is_regular_file(folder / name, unreadable);
    }
  }
  return one;
}

letter::Result<std::vector<HandedOver>> look_in(const fs::path& place) {
  std::error_code error;
  fs::directory_iterator entries(place, error);
  if (error)
    return letter::fault("handover.missing", "Le dossier des remises est introuvable.",
                         "The hand-over folder cannot be found.");
  std::vector<HandedOver> all;
  for (const auto& entry : entries)
    if (letter::parse_case_ref(entry.path().filename().string())) all.push_back(look_at(entry.path()));
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.ref < b.ref; });
  return all;
}

Tree tree_of(const std::vector<HandedOver>& all) {
  auto list = Tree::list();
  for (const auto& one : all) {
    auto tree = Tree::object();
    tree.set("case", one.ref).set("handed_over_at", one.at).set("by", one.by).set("service", one.service);
    tree.set("letters", static_cast<std::uint64_t>(one.letters));
    tree.set("files", static_cast<std::uint64_t>(one.files)).set("whole", one.whole);
    list.push(std::move(tree));
  }
  return list;
}

std::string text_of(const std::vector<HandedOver>& all, const Front& front) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : all)
    rows.push_back({one.ref, one.at, one.by, one.service, std::to_string(one.letters),
                    one.whole ? front.tell("oui", "yes") : front.tell("non", "no")});
  return table({{front.tell("Dossier", "Case")},
                {front.tell("Remis le (UTC)", "Handed over (UTC)")},
                {front.tell("Par", "By")},
                {front.tell("Service", "Service")},
                {front.tell("Lettres", "Letters"), Side::right},
                {front.tell("Complet ?", "Whole?")}},
               rows);
}

int handovers(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const auto all = look_in(config->handover_dir);
  if (!all) return fail(front, belt::exit_file_access, all.error());
  front.out << (arguments.has("--json") ? letter::dump_json(tree_of(*all)) + "\n" : text_of(*all, front));
  return belt::exit_ok;
}

}  // namespace

Command handovers_command() {
  return {"handovers",
          "liste ce qui a été remis comme n'étant pas une réclamation (handover_dir)",
          "lists what was handed over as no complaint (handover_dir)",
          "vaguemestre handovers --state ./etat",
          {json_option(), state_option(), config_option()},
          handovers};
}

}  // namespace cli
