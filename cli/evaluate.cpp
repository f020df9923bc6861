// `vaguemestre evaluate`: scans whose truth is known, read and sorted as any other, and what that was worth.
#include <algorithm>
#include <array>
#include <cstdio>

#include "classify/choice.hpp"
#include "classify/mistakes.hpp"
#include "classify/sort.hpp"
#include "cli/commands.hpp"
#include "cli/evaluation.hpp"
#include "cli/files.hpp"
#include "cli/offline.hpp"
#include "cli/painting.hpp"
#include "cli/truths.hpp"

namespace cli {
namespace {

std::string verdict_mark(const FieldScore& score) {
  return score.field.verdict == letter::Verdict::accepted ? "!" : " ";
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', '/');
  return text;
}

std::string found_in(const letter::Field& field) {
  return field.how == letter::How::tick ? std::string(letter::id(field.tick)) : field.text.reveal();
}

// Wrong fields and texts, one a line: scan, kind, field, confidence, expected, found. "!" = it was accepted.
void tell_wrong(Front& front, const Truth& truth, const std::vector<FieldScore>& fields) {
  for (const FieldScore& score : fields) {
    if (score.right) continue;
    std::array<char, 16> sure{};
    std::snprintf(sure.data(), sure.size(), "%.4f", score.field.confidence);
    front.err << verdict_mark(score) << " " << truth.file << "\t" << (score.hand ? "hand " : "typed ")
              << score.group << "\t" << score.id << "\t" << sure.data() << "\t[" << one_line(score.expected)
              << "]\t[" << one_line(found_in(score.field)) << "]\n";
  }
}

// The same of a letter sorted wrong; last the queue by its true text, and what was read of it.
void tell_wrong(Front& front, const Truth& truth, const letter::SortedLetter& sorted,
                const std::optional<letter::Queue>& by_text) {
  if (!truth.queue || sorted.queue == *truth.queue) return;
  std::array<char, 16> sure{};
  std::snprintf(sure.data(), sure.size(), "%.4f", sorted.confidence);
  front.err << (sorted.needs_review ? "  " : "! ") << truth.file << "\t" << (truth.hand ? "hand" : "typed")
            << " queue\t-\t" << sure.data() << "\t[" << letter::id(*truth.queue) << "]\t["
            << letter::id(sorted.queue) << "]\t[" << (by_text ? letter::id(*by_text) : "-") << "]\t["
            << one_line(sorted.read.text.reveal()) << "]\n";
}

// The queue of the same letter had its own words been read without a mistake; its ticks stay as they were
// read.
std::optional<letter::Queue> queue_by_text(const Truth& truth, letter::ReadLetter read,
                                           const classify::Triage& triage, const classify::House& house) {
  if (!truth.text) return std::nullopt;
  read.text = letter::PersonalText(*truth.text);
  return classify::sort(read, triage, house).queue;
}

// As the sorter sees texts: folded.
void note(classify::Habit& habit, const std::string& expected, const std::string& found) {
  constexpr std::size_t longest = 6000;  // of a table with a cell a letter pair
  const std::u32string written = plain(letter::folded(expected)), read = plain(letter::folded(found));
  if (written.size() > longest || read.size() > longest) return;
  classify::Laid pairs;
  for (const auto& [w, r] : laid(written, read))
    pairs.emplace_back(w < 0x80 ? static_cast<char>(w) : '?', r < 0x80 ? static_cast<char>(r) : '?');
  classify::note(habit, pairs);
}

letter::Result<Evaluation> evaluation_of(const std::vector<KnownScan>& scans, const belt::Config& config,
                                         const Arguments& arguments, classify::Mistakes& mistakes,
                                         Front& front) {
  const auto forms = ocr::load_forms(config.models_dir);
  if (!forms) return tl::unexpected(forms.error());
  const classify::Triage triage(classify::chosen_model(config.models_dir, config.state_dir));
  const auto house = classify::house_of(triage, config.sort_wrong_per_1000, config.complaint_share);
  Evaluation evaluation;
  const auto told = [&](std::size_t i, const letter::Result<letter::ReadLetter>& read) {
    const Truth& truth = scans[i].truth;
    if (!read) return count_unread(evaluation, truth, read.error());
    const auto sorted = classify::sort(*read, triage, house);
    const auto fields = score_fields(truth, *read, *forms);
    const auto by_text = queue_by_text(truth, *read, triage, house);
    count(evaluation, {truth, sorted, fields, by_text});
    if (arguments.has("--wrong")) {
      tell_wrong(front, truth, fields);
      tell_wrong(front, truth, sorted, by_text);
    }
    if (truth.text) note(truth.hand ? mistakes.hand : mistakes.typed, *truth.text, read->text.reveal());
  };
  read_each(files_of(scans), {config, {}, arguments.whole("--readers", 1)}, front.now(), told);
  return evaluation;
}

int evaluate(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  if (arguments.has("DIR") == arguments.has("--painted"))
    return fail(front, belt::exit_usage,
                {"usage.missing", "Il faut un dossier ou --painted, l’un des deux.",
                 "It takes a folder or --painted, one of the two."});
  if (const auto missing = unwalled(*config, front)) return fail(front, belt::exit_missing, *missing);
  std::optional<TemporaryFolder> painted;
  if (arguments.has("--painted")) {
    painted.emplace();
    const auto done = paint_into(painted->path(), arguments.whole("--painted", 1), arguments, front);
    if (!done) return fail(front, exit_code_for(done.error()), done.error());
  }
  const auto scans = known_scans(painted ? painted->path() : std::filesystem::path(arguments.text("DIR")));
  if (!scans) return fail(front, exit_code_for(scans.error()), scans.error());
  classify::Mistakes mistakes;
  const auto evaluation = evaluation_of(*scans, *config, arguments, mistakes, front);
  if (!evaluation) return fail(front, exit_code_for(evaluation.error()), evaluation.error());
  if (arguments.has("--mistakes")) {
    const auto kept = save_file(arguments.text("--mistakes"), classify::dump_mistakes(mistakes));
    if (!kept) return fail(front, exit_code_for(kept.error()), kept.error());
  }
  front.out << (arguments.has("--json") ? letter::dump_json(tree_of(*evaluation), 2) + "\n"
                                        : text(*evaluation, front));
  return belt::exit_ok;
}

std::vector<Option> options() {
  std::vector<Option> all{{"DIR", Kind::path, "", "des scans et leur vérité (NOM.truth.json)",
                           "scans and their truth (NAME.truth.json)"},
                          {"--painted", Kind::whole, "N", "peindre N lettres au lieu de lire un dossier",
                           "paint N letters instead of reading a folder"}};
  for (const Option& option : painting_options()) all.push_back(option);
  all.push_back({"--wrong", Kind::flag, "", "dire aussi chaque champ faux, sur la sortie d'erreur",
                 "also tell every wrong field, on standard error"});
  all.push_back({"--mistakes", Kind::path, "FICHIER",
                 "noter les lettres lues pour d'autres, que l'apprentissage du tri imite",
                 "note which letters were read for others, which training the sorter imitates"});
  all.push_back(readers_option());
  for (const Option& option : {json_option(), insecure_option(), config_option()}) all.push_back(option);
  return all;
}

}  // namespace

Command evaluate_command() {
  return {"evaluate",
          "mesure lecture et tri sur des scans dont la vérité est connue",
          "measures reading and sorting on scans whose truth is known",
          "vaguemestre evaluate ./essais --json",
          options(),
          evaluate};
}

}  // namespace cli
