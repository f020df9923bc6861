#include "cli/evaluation.hpp"

#include <algorithm>
#include <cmath>

namespace cli {
namespace {

std::string typed_or_hand(bool hand) { return hand ? "hand" : "typed"; }

void count_fields(Evaluation& evaluation, const std::vector<FieldScore>& fields) {
  for (const FieldScore& score : fields) {
    const std::string group = typed_or_hand(score.hand) + " " + score.group;
    count(evaluation.by_group[group], score);
    const bool of_letter = score.group == "letter" || score.group == "not there";
    if (score.group != "empty comb")
      count(evaluation.by_field[typed_or_hand(score.hand) + (of_letter ? " letter " : " ") + score.id],
            score);
    const bool answered = score.field.verdict != letter::Verdict::unread;
    evaluation.outcomes[group].push_back({answered ? score.field.confidence : 0, score.right});
  }
}

void count_text(Evaluation& evaluation, const Truth& truth, const std::string& found) {
  if (!truth.text) return;
  const TextScore score = score_text(*truth.text, found);
  TextScore& sum = evaluation.text[typed_or_hand(truth.hand)];
  sum.letters += score.letters, sum.letters_wrong += score.letters_wrong;
  sum.words += score.words, sum.words_wrong += score.words_wrong;
  if (score.letters > 0)
    evaluation.text_errors[typed_or_hand(truth.hand)].push_back(static_cast<double>(score.letters_wrong) /
                                                                static_cast<double>(score.letters));
}

void count_sorting(Sorting& sorting, const Truth& truth, const letter::SortedLetter& sorted) {
  if (truth.queue) {
    const bool right = sorted.queue == *truth.queue;
    ++sorting.confusion[static_cast<std::size_t>(*truth.queue)][static_cast<std::size_t>(sorted.queue)];
    count(sorting.right, right);
    sorting.outcomes.push_back({sorted.confidence, right});
    const bool alone = !sorted.needs_review;
    const auto add = [&](Tally& tally) {
      ++tally.n, tally.right += right, tally.accepted += alone, tally.accepted_wrong += alone && !right;
    };
    add(sorting.alone);
    add(sorting.by_hand[typed_or_hand(truth.hand)]);
    if (!truth.difficulty.empty()) add(sorting.by_difficulty[truth.difficulty]);
  }
  if (truth.secondary) count(sorting.secondary, sorted.secondary == *truth.secondary);
  if (truth.is_complaint && *truth.is_complaint) count(sorting.complaints_kept, sorted.is_complaint);
  if (truth.is_complaint && sorted.is_complaint) count(sorting.called_complaints_right, *truth.is_complaint);
}

}  // namespace

void count(Tally& tally, const FieldScore& score) {
  const bool accepted = score.field.verdict == letter::Verdict::accepted;
  ++tally.n;
  tally.right += score.right;
  tally.accepted += accepted;
  tally.accepted_wrong += accepted && !score.right;
}

void count(Share& share, bool part) {
  ++share.n;
  share.part += part;
}

std::vector<Risk> risk_curve(const std::vector<Outcome>& outcomes) {
  std::vector<Risk> curve;
  for (const double bar : {0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999}) {
    Risk risk{bar, outcomes.size(), 0, 0};
    for (const Outcome& one : outcomes)
      if (one.confidence >= bar) ++risk.accepted, risk.wrong += !one.right;
    curve.push_back(risk);
  }
  return curve;
}

Risk most_accepted(std::vector<Outcome> outcomes, double wrong_per_1000) {
  std::sort(outcomes.begin(), outcomes.end(),
            [](const Outcome& a, const Outcome& b) { return a.confidence > b.confidence; });
  Risk best{1, outcomes.size(), 0, 0}, so_far = best;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    so_far.bar = outcomes[i].confidence;
    ++so_far.accepted, so_far.wrong += !outcomes[i].right;
    // A bar lets in all that are exactly as sure.
    const bool last = i + 1 == outcomes.size() || outcomes[i + 1].confidence < so_far.bar;
    if (last && so_far.wrong_per_1000() <= wrong_per_1000) best = so_far;
  }
  return best;
}

void count(Reliability& bins, double confidence, double right) {
  Bin& bin = bins[static_cast<std::size_t>(std::clamp(confidence * 10, 0.0, 9.0))];
  ++bin.n, bin.right += right, bin.confidence += confidence;
}

Reliability reliability(const std::vector<Outcome>& outcomes) {
  Reliability bins;
  for (const Outcome& one : outcomes) count(bins, one.confidence, one.right ? 1 : 0);
  return bins;
}

double calibration_error(const Reliability& bins) {
  double sum = 0, n = 0;
  for (const Bin& bin : bins) {
    sum += std::abs(bin.confidence - bin.right);
    n += static_cast<double>(bin.n);
  }
  return n == 0 ? 0 : sum / n;
}

double Sorting::macro_f1() const {
  double sum = 0, queues = 0;
  for (std::size_t q = 0; q < letter::queue_count; ++q) {
    std::size_t truly = 0, said = 0;
    for (std::size_t other = 0; other < letter::queue_count; ++other)
      truly += confusion[q][other], said += confusion[other][q];
    if (truly == 0) continue;
    ++queues;
    sum += 2.0 * static_cast<double>(confusion[q][q]) / static_cast<double>(truly + said);
  }
  return queues == 0 ? 0 : sum / queues;
}

void count(Evaluation& evaluation, const Scored& letter) {
  const Truth& truth = letter.truth;
  const letter::ReadLetter& read = letter.sorted.read;
  ++evaluation.letters;
  evaluation.pages += read.letter.pages.size();
  for (const std::string& key : truth.absent) ++evaluation.absent[key];
  if (truth.form) count(evaluation.forms, read.form == *truth.form);
  if (truth.letter_date)
    count(evaluation.dates, (read.letter_date ? letter::iso(*read.letter_date) : "") == *truth.letter_date);
  count(evaluation.sent, truth, read);
  count_fields(evaluation, letter.fields);
  count_text(evaluation, truth, read.text.reveal());
  if (truth.text)
    for (const LineScore& line : score_lines(*truth.text, read.lines))
      count(evaluation.lines[typed_or_hand(truth.hand)], line.line->confidence, line.right);
  count_sorting(evaluation.sorting, truth, letter.sorted);
  if (truth.queue && letter.by_text) {
    count(evaluation.sorting.read[typed_or_hand(truth.hand)], letter.sorted.queue == *truth.queue);
    count(evaluation.sorting.by_text[typed_or_hand(truth.hand)], *letter.by_text == *truth.queue);
  }
}

void count_unread(Evaluation& evaluation, const Truth& truth, const letter::Reason& why) {
  ++evaluation.letters, ++evaluation.unread;
  ++evaluation.refused[why.code];
  for (const std::string& key : truth.absent) ++evaluation.absent[key];
  if (truth.form) count(evaluation.forms, false);
  count_text(evaluation, truth, "");
}

}  // namespace cli
