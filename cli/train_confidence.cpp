// `vaguemestre train confidence DIR...`: what the readers say of themselves, against what was true.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "belt/daemon.hpp"
#include "cli/files.hpp"
#include "cli/offline.hpp"
#include "cli/score.hpp"
#include "cli/table.hpp"
#include "cli/training.hpp"
#include "cli/truths.hpp"
#include "ocr/check/confidence_fit.hpp"
#include "ocr/read.hpp"

namespace cli {
namespace {

constexpr double wrong_share = 0.002;  // of accepted fields, at most

// The readers themselves, before the table that is to be made speaks.
ocr::Zygote::Load unjudged(const belt::Config& config) {
  const auto models_dir = config.models_dir;
  const std::uint64_t decoded_bytes = config.limits.decoded_bytes;
  return [models_dir, decoded_bytes]() -> ocr::Zygote::Reader {
    const auto engines = std::make_shared<ocr::Engines>(models_dir, decoded_bytes);
    return [engines](const letter::Work& work, ocr::Task) {
      return ocr::read_unjudged(work.letter, work.masters, *engines);
    };
  };
}

// `combs`: filled ones too; else they come from elsewhere.
void add_examples(std::vector<ocr::TrustExample>& examples, const std::vector<FieldScore>& fields,
                  const letter::ReadLetter& read, const std::vector<ocr::Form>& forms, int fold, bool combs) {
  for (const FieldScore& score : fields) {
    if (!letter::find(read, score.id)) continue;
    const ocr::Element* element = ocr::element_of(read, score.id, forms);
    const auto kinds = ocr::trust_kinds(score.field, element);
    if (!combs && kinds.front().starts_with("comb/")) continue;
    examples.push_back({kinds, ocr::trust_group(score.field, element), score.field.confidence,
                        score.right ? 1.0 : 0.0, fold});
  }
}

// Filled combs judged by weights that never saw their face: lines "hand|typed <tab> score <tab> right 0|1
// <tab> half 0|1" of models/workshop/reading/sureness.py.
letter::Result<void> add_combs(std::vector<ocr::TrustExample>& examples, const std::filesystem::path& file) {
  std::ifstream in(file);
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    std::istringstream words(line);
    std::string how;
    double score = 0;
    int right = 0, half = 0;
    if (!(words >> how >> score >> right >> half) || (how != "hand" && how != "typed"))
      return letter::fault("confidence.cells",
                           "Le fichier des cases est illisible à la ligne " + std::to_string(number) + ".",
                           "The file of combs cannot be read at line " + std::to_string(number) + ".");
    examples.push_back({{"comb/" + how, how}, how, score, right ? 1.0 : 0.0, half & 1});
  }
  if (number == 0)
    return letter::fault("confidence.cells", "Le fichier des cases est vide ou absent.",
                         "The file of combs is empty or absent.");
  return {};
}

void add_lines(std::vector<ocr::TrustExample>& examples, const Truth& truth, const letter::ReadLetter& read,
               int fold) {
  if (!truth.text) return;
  for (const LineScore& score : score_lines(*truth.text, read.lines))
    examples.push_back({ocr::trust_kinds(*score.line), "", score.line->confidence, score.right, fold});
}

letter::Result<std::vector<KnownScan>> all_scans(const std::vector<std::string>& dirs) {
  std::vector<KnownScan> all;
  for (const std::string& dir : dirs) {
    auto scans = known_scans(dir);
    if (!scans) return tl::unexpected(scans.error());
    std::move(scans->begin(), scans->end(), std::back_inserter(all));
  }
  return all;
}

std::string fixed(double n, int places) {
  char out[32];
  std::snprintf(out, sizeof out, "%.*f", places, n);
  return out;
}

std::string bars_text(const ocr::TrustFit& fit, const Front& front) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [group, bar] : fit.bars)
    rows.push_back({group, std::to_string(bar.n), bar.bar > 1 ? "-" : fixed(bar.bar, 4),
                    std::to_string(bar.accepted), std::to_string(bar.wrong), fixed(1000 * bar.at_most, 2)});
  return table({{front.tell("Ensemble", "Group")},
                {"n", Side::right},
                {front.tell("barre", "bar"), Side::right},
                {front.tell("acceptés", "accepted"), Side::right},
                {front.tell("faux", "wrong"), Side::right},
                {front.tell("pour 1000, au plus (90 %)", "per 1,000, at most (90 %)"), Side::right}},
               rows);
}

std::string curves_text(const ocr::TrustTable& trust, const Front& front) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& [kind, curve] : trust.curves)
    rows.push_back(
        {kind, std::to_string(curve.n), fixed(curve.right.front(), 3), fixed(curve.right.back(), 4)});
  return table({{front.tell("Sorte", "Kind")},
                {"n", Side::right},
                {front.tell("juste au moins sûr", "right, least sure"), Side::right},
                {front.tell("au plus sûr", "most sure"), Side::right}},
               rows);
}

std::vector<std::string> remarks(std::size_t letters, std::size_t fields, letter::Day today) {
  return {
      "How often readings are right, by kind and by what their reader says of itself "
      "(ocr/check/confidence.hpp).",
      "Made by `vaguemestre train confidence DIR...` on " + letter::iso(today) + " from " +
          std::to_string(fields) + " fields of " + std::to_string(letters) + " scans whose truth is known.",
      "Data, figures and how to make it again: models/reading/README.md. Not to be edited by hand."};
}

}  // namespace

int train_confidence(const Arguments& arguments, Front& front) {
  const auto config = settings(arguments);
  if (!config) return fail(front, belt::exit_config, config.error());
  if (const auto missing = unwalled(*config, front)) return fail(front, exit_code_for(*missing), *missing);
  if (!arguments.has("DIR"))
    return fail(front, belt::exit_usage, {"usage.missing", "Il manque DIR.", "DIR is missing."});
  const auto scans = all_scans(arguments.texts("DIR"));
  if (!scans) return fail(front, exit_code_for(scans.error()), scans.error());
  const auto forms = ocr::load_forms(config->models_dir);
  if (!forms) return fail(front, exit_code_for(forms.error()), forms.error());
  std::vector<ocr::TrustExample> examples;
  const bool combs = !arguments.has("--cells");
  if (!combs)
    if (const auto added = add_combs(examples, arguments.text("--cells")); !added)
      return fail(front, exit_code_for(added.error()), added.error());
  const auto told = [&](std::size_t i, const letter::Result<letter::ReadLetter>& read) {
    if (!read) return;
    const auto fields = score_fields((*scans)[i].truth, *read, *forms);
    add_examples(examples, fields, *read, *forms, static_cast<int>(i % 2), combs);
    add_lines(examples, (*scans)[i].truth, *read, static_cast<int>(i % 2));
  };
  read_each(files_of(*scans), {*config, unjudged(*config), arguments.whole("--readers", 1)}, front.now(),
            told);
  const auto fit = ocr::fit_trust(examples, wrong_share);
  front.out << curves_text(fit.table, front) << "\n" << bars_text(fit, front);
  if (arguments.has("--evaluate")) return belt::exit_ok;
  const auto beside = config->models_dir / "reading" / "confidence.toml";
  const std::filesystem::path file = arguments.text("--out", beside.string());
  std::error_code failed;
  std::filesystem::create_directories(file.parent_path(), failed);  // save_file says what is wrong
  const auto today = letter::paris_day(front.now());
  const auto saved = save_file(file, ocr::text(fit.table, remarks(scans->size(), examples.size(), today)));
  return saved ? belt::exit_ok : fail(front, exit_code_for(saved.error()), saved.error());
}

}  // namespace cli
