// `vaguemestre triage`: which model sorts, whether a candidate is better, and switching one on or back.
#include <algorithm>
#include <array>

#include "classify/choice.hpp"
#include "classify/corpus.hpp"
#include "classify/sort.hpp"
#include "cli/commands.hpp"
#include "cli/table.hpp"

namespace cli {
namespace {

constexpr const char* own_name = "-";  // the model the program came with

std::filesystem::path folder_of(const std::string& name, const belt::Config& config) {
  if (name == own_name) return config.models_dir / "triage";
  const std::filesystem::path named = classify::candidates_dir(config.state_dir) / name;
  return std::filesystem::is_directory(named) ? named : std::filesystem::path(name);
}

std::string in_per_mille(double n) { return decimals(n) + " ‰"; }

int list(const belt::Config& config, Front& front) {
  const std::string chosen = classify::chosen_name(config.state_dir);
  std::vector<std::string> names = classify::candidates(config.state_dir);
  names.insert(names.begin(), own_name);
  std::vector<std::vector<std::string>> rows;
  for (const std::string& name : names) {
    const classify::Triage triage(folder_of(name, config));
    const classify::Bar bar = classify::working_bar_of(triage.proof().answers, config.sort_wrong_per_1000);
    const bool used = chosen.empty() ? name == own_name : name == chosen;
    rows.push_back({used ? "*" : "", name, triage.id(), decimals(bar.confidence), percent(bar.coverage()),
                    in_per_mille(bar.wrong_per_1000()), in_per_mille(bar.wrong_per_1000_at_most()),
                    classify::is_proven(bar, config.sort_wrong_per_1000)
                        ? front.tell("oui", "yes")
                        : front.tell("preuve encore insuffisante", "not enough proof yet")});
  }
  front.out << table({{""},
                      {front.tell("Modèle", "Model")},
                      {"Id"},
                      {front.tell("Seuil", "Bar"), Side::right},
                      {front.tell("Sans personne", "Alone"), Side::right},
                      {front.tell("Faux", "Wrong"), Side::right},
                      {front.tell("Au plus (90 %)", "At most (90 %)"), Side::right},
                      {front.tell("Prouvé", "Proven")}},
                     rows);
  return belt::exit_ok;
}

// What one model makes of the letters set apart, by true queue.
struct Count {
  std::size_t letters = 0, right = 0, alone = 0, alone_wrong = 0;
  std::size_t said = 0;                             // letters of any queue said to be this one's
  std::size_t complaints = 0, complaints_kept = 0;  // truly so; said to be so
};
using Counts = std::array<Count, letter::queue_count>;

Counts counts_of(const std::filesystem::path& folder, const std::vector<classify::Example>& letters,
                 const belt::Config& config) {
  const classify::Triage triage(folder);
  const auto house = classify::house_of(triage, config.sort_wrong_per_1000, config.complaint_share);
  Counts counts{};
  for (const classify::Example& one : letters) {
    const auto sorted = classify::sort(classify::as_read(one), triage, house);
    Count& count = counts[static_cast<std::size_t>(one.queue)];
    const bool right = sorted.queue == one.queue;
    ++count.letters;
    ++counts[static_cast<std::size_t>(sorted.queue)].said;
    count.complaints += one.is_complaint;
    count.complaints_kept += one.is_complaint && sorted.is_complaint;
    count.right += right;
    count.alone += !sorted.needs_review;
    count.alone_wrong += !sorted.needs_review && !right;
  }
  return counts;
}

std::vector<std::string> row_of(const std::string& name, const Count& before, const Count& after,
                                const Front& front) {
  const auto number = [](std::size_t n) { return std::to_string(n); };
  std::string verdict = "=";
  if (after.right > before.right)
    verdict = front.tell("mieux, +", "better, +") + number(after.right - before.right);
  if (after.right < before.right)
    verdict = front.tell("moins bien, -", "worse, -") + number(before.right - after.right);
  return {name,
          number(before.letters),
          number(before.right),
          number(after.right),
          verdict,
          number(before.alone) + " (" + number(before.alone_wrong) + ")",
          number(after.alone) + " (" + number(after.alone_wrong) + ")"};
}

Count sum_of(const Counts& counts) {
  Count sum;
  for (const Count& one : counts) {
    sum.letters += one.letters;
    sum.right += one.right;
    sum.alone += one.alone;
    sum.alone_wrong += one.alone_wrong;
    sum.complaints += one.complaints;
    sum.complaints_kept += one.complaints_kept;
  }
  return sum;
}

double macro_f1(const Counts& counts) {
  double sum = 0, queues = 0;
  for (const Count& one : counts) {
    if (one.letters == 0) continue;
    ++queues;
    sum += 2.0 * static_cast<double>(one.right) / static_cast<double>(one.letters + one.said);
  }
  return queues == 0 ? 0 : sum / queues;
}

// The law's asymmetry has a line of its own: a complaint lost is worse than a request kept.
std::string in_sum(const Counts& before, const Counts& after, const Front& front) {
  const Count old_sum = sum_of(before), new_sum = sum_of(after);
  const auto kept = [](const Count& sum) {
    return std::to_string(sum.complaints_kept) + "/" + std::to_string(sum.complaints);
  };
  return front.tell("réclamations reconnues : ", "complaints recognised: ") + kept(old_sum) + " -> " +
         kept(new_sum) + "\n" + "macro-F1 : " + decimals(100 * macro_f1(before)) + " -> " +
         decimals(100 * macro_f1(after)) + " %\n";
}

int compare(const Arguments& arguments, const belt::Config& config, Front& front) {
  const std::vector<std::string> names = arguments.texts("MODEL");
  if (names.size() != 2)
    return fail(front, belt::exit_usage,
                {"usage.missing", "Il faut deux modèles : l'ancien et le nouveau.",
                 "It takes two models: the old one and the new one."});
  const auto corpus =
      arguments.text("--letters", classify::held_out_dir(config.models_dir / "triage/corpus").string());
  const auto letters = classify::load_corpus(corpus);
  if (!letters) return fail(front, belt::exit_bad_input, letters.error());
  const Counts before = counts_of(folder_of(names[0], config), letters->examples, config);
  const Counts after = counts_of(folder_of(names[1], config), letters->examples, config);
  std::vector<std::vector<std::string>> rows;
  for (const letter::Queue queue : letter::all_queues) {
    const auto q = static_cast<std::size_t>(queue);
    rows.push_back(row_of(std::string(letter::id(queue)), before[q], after[q], front));
  }
  rows.push_back(row_of(front.tell("toutes", "all"), sum_of(before), sum_of(after), front));
  front.out << table({{front.tell("Bannette", "Queue")},
                      {"n", Side::right},
                      {front.tell("Justes avant", "Right before"), Side::right},
                      {front.tell("après", "after"), Side::right},
                      {front.tell("Verdict", "Verdict")},
                      {front.tell("Sans personne (faux) avant", "Alone (wrong) before"), Side::right},
                      {front.tell("après", "after"), Side::right}},
                     rows)
            << in_sum(before, after, front);
  return belt::exit_ok;
}

int switch_on(const Arguments& arguments, const belt::Config& config, Front& front) {
  const std::vector<std::string> names = arguments.texts("MODEL");
  if (names.size() != 1)
    return fail(front, belt::exit_usage,
                {"usage.missing", "Quel modèle ? « - » est celui du programme.",
                 "Which model? \"-\" is the program's own."});
  const auto done = classify::choose(config.state_dir, names[0] == own_name ? "" : names[0]);
  if (!done) return fail(front, belt::exit_bad_input, done.error());
  front.out << front.tell("En service au prochain démarrage du tri : ",
                          "In use from the sorter's next start on: ")
            << names[0] << " "
            << classify::Triage(classify::chosen_model(config.models_dir, config.state_dir)).id() << "\n";
  return belt::exit_ok;
}

int triage(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  const std::string what = arguments.text("WHAT", "list");
  if (what == "list") return list(*config, front);
  if (what == "compare") return compare(arguments, *config, front);
  if (what == "switch") return switch_on(arguments, *config, front);
  return fail(front, belt::exit_usage,
              {"usage.triage", "On attend list, compare ou switch.", "Expected list, compare or switch."});
}

}  // namespace

Command triage_command() {
  return {"triage",
          "dit quel modèle trie, compare deux modèles, en met un en service",
          "tells which model sorts, compares two models, switches one on",
          "vaguemestre triage compare - 2026-11-23",
          {{"WHAT", Kind::text, "", "list, compare ou switch", "list, compare or switch"},
           {"MODEL", Kind::text, "", "des candidats, ou « - » : le modèle du programme",
            "candidates, or \"-\": the program's own model", false, true},
           {"--letters", Kind::path, "DOSSIER", "lettres annotées (défaut : celles mises de côté)",
            "labelled letters (default: those set apart)"},
           state_option(),
           config_option()},
          triage};
}

}  // namespace cli
