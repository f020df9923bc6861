// `vaguemestre read` and `vaguemestre page`: a scan read and sorted here and now, with no daemon running.
#include <cmath>

#include "classify/choice.hpp"
#include "classify/sort.hpp"
#include "cli/case_table.hpp"
#include "cli/commands.hpp"
#include "cli/field_table.hpp"
#include "cli/letter_tree.hpp"
#include "cli/offline.hpp"
#include "cli/table.hpp"
#include "cli/why.hpp"

namespace cli {
namespace {

// A file nobody can read still gives one JSON object, so that a program sees the reason in its place.
int refuse(const Arguments& arguments, Front& front, const letter::Reason& reason) {
  if (arguments.has("--json")) {
    auto reasons = letter::Tree::list();
    reasons.push(tree_of(reason));
    auto tree = letter::Tree::object();
    tree.set("file", arguments.text("FILE"))
        .set("pages", letter::Tree::list())
        .set("reasons", std::move(reasons));
    front.out << letter::dump_json(tree) << "\n";
  }
  return fail(front, exit_code_for(reason), reason);
}

struct Looked {
  belt::Config config;
  letter::ReadLetter read;
};

letter::Result<Looked> look(const Arguments& arguments, Front& front, ocr::Task task) {
  auto config = settings(arguments);
  if (!config) return tl::unexpected(config.error());
  if (const auto missing = unwalled(*config, front)) return tl::unexpected(*missing);
  const auto work = work_of(arguments.text("FILE"), *config, front.now());
  if (!work) return tl::unexpected(work.error());
  ocr::Zygote zygote(config->models_dir, read_limits(*config));
  auto read = zygote.read(*work, task);
  if (!read) return tl::unexpected(read.error());
  return Looked{std::move(*config), std::move(*read)};
}

std::string pages_text(const letter::Letter& letter, const Front& front) {
  std::vector<std::vector<std::string>> rows;
  const auto yes = [&](bool is) { return is ? front.tell("oui", "yes") : "-"; };
  for (std::size_t i = 0; i < letter.pages.size(); ++i) {
    const auto& page = letter.pages[i];
    rows.push_back({std::to_string(i + 1), std::to_string(std::lround(page.dpi)), decimals(page.skew_deg),
                    std::to_string(page.turn_deg), yes(page.blank), yes(page.damaged)});
  }
  std::string text = table({{"Page", Side::right},
                            {front.tell("Points/pouce", "dpi"), Side::right},
                            {front.tell("Biais (°)", "Skew (°)"), Side::right},
                            {front.tell("Tourner (°)", "Turn (°)"), Side::right},
                            {front.tell("Vierge", "Blank")},
                            {front.tell("Abîmée", "Damaged")}},
                           rows);
  for (const auto& page : letter.pages)
    for (const auto& note : page.notes) text += front.tell(note.fr, note.en) + " [" + note.code + "]\n";
  return text;
}

std::string reading_text(const letter::SortedLetter& sorted, const Front& front) {
  const auto& read = sorted.read;
  std::string text =
      front.tell("Formulaire : ", "Form: ") +
      (read.form.empty() ? front.tell("aucun (lettre libre)", "none (free letter)") : read.form) + "\n";
  text += field_table(read, Nir::shown, front);
  text += front.tell("Date écrite : ", "Written date: ") +
          (read.letter_date ? letter::iso(*read.letter_date) : "-") + "\n";
  text += front.tell("Texte :\n", "Text:\n") + quoted_lines(read.text.reveal());
  text += front.tell("Bannette : ", "Queue: ") + std::string(letter::id(sorted.queue)) + ", " +
          queue_name(sorted.queue, front) + front.tell(", sûr à ", ", sure to ") +
          percent(sorted.confidence) + "\n";
  if (sorted.secondary)
    text +=
        front.tell("À informer : ", "To be informed: ") + std::string(letter::id(*sorted.secondary)) + "\n";
  text += sorted.is_complaint ? front.tell("C'est une réclamation.\n", "It is a complaint.\n")
                              : front.tell("Ce n'est pas une réclamation.\n", "It is no complaint.\n");
  text += why_text(sorted, front);
  for (const auto& reason : sorted.reasons)
    text += front.tell("À revoir : ", "To review: ") + front.tell(reason.fr, reason.en) + " [" + reason.code +
            "]\n";
  return text;
}

int read(const Arguments& arguments, Front& front) {
  const auto looked = look(arguments, front, ocr::Task::read);
  if (!looked) return refuse(arguments, front, looked.error());
  const auto& config = looked->config;
  const classify::Triage triage(classify::chosen_model(config.models_dir, config.state_dir));
  const auto house = classify::house_of(triage, config.sort_wrong_per_1000, config.complaint_share);
  const auto sorted = classify::sort(looked->read, triage, house);
  if (!arguments.has("--json")) {
    front.out << pages_text(sorted.read.letter, front) << reading_text(sorted, front);
    return belt::exit_ok;
  }
  auto tree = letter::Tree::object();
  tree.set("file", arguments.text("FILE"));
  const auto rest = tree_of(sorted, Nir::shown);
  for (const auto& [key, value] : rest.fields()) tree.set(key, value);
  front.out << letter::dump_json(tree) << "\n";
  return belt::exit_ok;
}

int page_facts(const Arguments& arguments, Front& front) {
  const auto looked = look(arguments, front, ocr::Task::look);
  if (!looked) return refuse(arguments, front, looked.error());
  if (!arguments.has("--json")) {
    front.out << pages_text(looked->read.letter, front);
    return belt::exit_ok;
  }
  auto tree = letter::Tree::object();
  tree.set("file", arguments.text("FILE")).set("pages", pages_tree(looked->read.letter));
  front.out << letter::dump_json(tree) << "\n";
  return belt::exit_ok;
}

std::vector<Option> options() {
  return {
      {"FILE", Kind::path, "", "le scan : TIFF, PNG, JPEG ou PDF", "the scan: TIFF, PNG, JPEG or PDF", true},
      json_option(),
      insecure_option(),
      config_option()};
}

}  // namespace

Command read_command() {
  return {"read",
          "lit et trie un scan ici même, sans aucun démon",
          "reads and sorts a scan here and now, without any daemon",
          "vaguemestre read lettre.tif --json",
          options(),
          read};
}

Command page_command() {
  return {"page",
          "dit l'état des pages d'un scan : résolution, biais, sens, blanc, dégâts",
          "tells the state of a scan's pages: resolution, skew, turn, blank, damage",
          "vaguemestre page lettre.tif --json",
          options(),
          page_facts};
}

}  // namespace cli
