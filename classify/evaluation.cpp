#include "classify/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "letter/bounds.hpp"

namespace classify {
namespace {

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}
double share(const Part& part) { return share(part.n, part.of); }

std::string number(double value, int digits = 3) {
  char out[32];
  std::snprintf(out, sizeof out, "%.*f", digits, value);
  return out;
}

std::string percent(std::size_t part, std::size_t whole) {
  return number(100 * share(part, whole), 1) + " % (" + std::to_string(part) + "/" + std::to_string(whole) +
         ")";
}
std::string percent(const Part& part) { return percent(part.n, part.of); }

void add(Part& part, bool yes) {
  part.n += yes;
  ++part.of;
}

using Line = std::pair<std::string, std::string>;  // what, and how much

// At the base rate of real boxes: of the complaints how many are kept, of 100 letters called complaints how
// many are, of 100 letters how many a person sees.
std::string base_rate_text(const Complaints& c, bool french) {
  const double recall = share(c.kept);
  const double called = few_complaints * recall + (1 - few_complaints) * share(c.alarms);
  const double seen = few_complaints * share(c.seen) + (1 - few_complaints) * share(c.requests_seen);
  const auto told = [](double value) { return number(100 * value, 1) + " %"; };
  return percent(c.kept) + (french ? ", précision " : ", precision ") +
         told(called > 0 ? few_complaints * recall / called : 0) +
         (french ? ", vus par une personne " : ", seen by a person ") + told(seen);
}

// What is proved of it, too: the law's asymmetry asks for a bound.
std::string recall_text(const Part& kept, bool french) {
  const double lost_at_most = letter::upper_bound_90(kept.of - kept.n, kept.of);
  return percent(kept) + (french ? ", au moins " : ", at least ") + number(100 * (1 - lost_at_most), 1) +
         " % (90 %)";
}

std::vector<Line> base_rate_lines(const Evaluation& e, bool french) {
  return {{french ? "à 5 % de réclamations : rappel" : "at 5 % of complaints: recall",
           base_rate_text(e.complaints, french)},
          {french ? "  si la boîte le dit (complaint_share)" : "  where the box says so (complaint_share)",
           base_rate_text(e.told, french)}};
}

std::string bar_text(const Bar& bar) {
  return percent(bar.accepted, bar.letters) + ", " + std::to_string(bar.wrong) + " / " +
         number(bar.wrong_per_1000(), 1) + " ‰ / <= " + number(bar.wrong_per_1000_at_most(), 1) + " ‰";
}

std::vector<Line> budget_lines(const Evaluation& e, bool french) {
  const std::string budget = number(e.wrong_per_1000, 0) + " ‰";
  const bool proven = is_proven(e.bar, e.wrong_per_1000);
  const std::string verdict = proven ? (french ? "prouvé" : "proven")
                                     : (french ? "preuve encore insuffisante" : "not enough proof yet");
  return {{french ? "budget d'erreurs " + budget + ", seuil" : "error budget " + budget + ", bar",
           number(e.bar.confidence, 4) + ", " + verdict},
          {french ? "  triées sans personne, fausses / pour mille / au plus (90 %)"
                  : "  sorted without a person, wrong / per mille / at most (90 %)",
           bar_text(e.bar)},
          {french ? "  seuil d'un lot fixé par les autres lots" : "  bar of a batch set by the other batches",
           bar_text(e.crossed)},
          {french ? "  au seuil que les réponses montrent, sans preuve"
                  : "  at the bar that the answers show, unproven",
           bar_text(e.shown)}};
}

}  // namespace

void count(Evaluation& evaluation, const Example& truth, const letter::SortedLetter& said) {
  const auto right_at = static_cast<std::size_t>(truth.queue);
  const bool right = said.queue == truth.queue;
  if (!right) {
    evaluation.wrong += truth.id + " " + std::string(letter::id(truth.queue)) + " -> " +
                        std::string(letter::id(said.queue)) + " " + number(said.confidence) + "\n";
  }
  if (truth.drill) return add(evaluation.drills, right);
  ++evaluation.letters;
  evaluation.queue_right += right;
  evaluation.secondary_right += said.secondary == truth.secondary;
  add(evaluation.by_difficulty[truth.difficulty], right);
  ++evaluation.confusion[right_at][static_cast<std::size_t>(said.queue)];
  evaluation.log_loss -= std::log(std::max(1e-12, said.probabilities[right_at]));
  const auto bin = std::min<std::size_t>(9, static_cast<std::size_t>(said.confidence * 10));
  ++evaluation.bin_letters[bin];
  evaluation.bin_right[bin] += right;
  // Letters of one batch stand or fall together.
  const auto next = static_cast<std::uint32_t>(evaluation.batches.size());
  const std::uint32_t batch = evaluation.batches.emplace(truth.batch, next).first->second;
  const Answer answer{said.confidence, !said.needs_review, right, batch};
  evaluation.answers.push_back(answer);
  count(evaluation.complaints, truth, said);
}

void count(Complaints& complaints, const Example& truth, const letter::SortedLetter& said) {
  if (truth.drill) return;
  add(truth.is_complaint ? complaints.kept : complaints.alarms, said.is_complaint);
  complaints.is_complaint.push_back(truth.is_complaint);
  complaints.answers.push_back({said.confidence, !said.needs_review, said.queue == truth.queue, 0});
}

void finish(Evaluation& evaluation) {
  double sum = 0;
  for (std::size_t q = 0; q < letter::queue_count; ++q) {
    std::size_t truly = 0, called = 0;
    for (std::size_t other = 0; other < letter::queue_count; ++other) {
      truly += evaluation.confusion[q][other];
      called += evaluation.confusion[other][q];
    }
    sum += share(2 * evaluation.confusion[q][q], truly + called);
  }
  evaluation.macro_f1 = sum / static_cast<double>(letter::queue_count);
  evaluation.log_loss /= std::max(1.0, static_cast<double>(evaluation.letters));
  evaluation.bar = working_bar_of(evaluation.answers, evaluation.wrong_per_1000);
  evaluation.shown = bar_of(evaluation.answers, evaluation.wrong_per_1000);
  evaluation.crossed = cross_checked(evaluation.answers, evaluation.wrong_per_1000);
  for (Complaints* one : {&evaluation.complaints, &evaluation.told}) {
    for (std::size_t i = 0; i < one->answers.size(); ++i)
      add(one->is_complaint[i] ? one->seen : one->requests_seen,
          !one->answers[i].alone || one->answers[i].confidence < evaluation.bar.confidence);
  }
}

std::string text(const Evaluation& e, bool french) {
  std::vector<Line> lines{
      {french ? "lettres" : "letters", std::to_string(e.letters)},
      {french ? "bon service" : "right queue", percent(e.queue_right, e.letters)},
      {french ? "F1 macro" : "macro F1", number(e.macro_f1)},
      {french ? "service secondaire juste" : "right secondary", percent(e.secondary_right, e.letters)},
      {french ? "rappel des réclamations" : "recall of complaints", recall_text(e.complaints.kept, french)},
      {french ? "précision des réclamations" : "precision of complaints",
       percent(e.complaints.kept.n, e.complaints.kept.n + e.complaints.alarms.n)}};
  for (const auto& more : {budget_lines(e, french), base_rate_lines(e, french)})
    lines.insert(lines.end(), more.begin(), more.end());
  for (const auto& [difficulty, part] : e.by_difficulty) lines.emplace_back("  " + difficulty, percent(part));
  lines.emplace_back(french ? "exercices (hors mesure)" : "drills (not measured above)", percent(e.drills));
  lines.emplace_back(french ? "perte logarithmique" : "log loss", number(e.log_loss));
  std::string out;
  for (const auto& [what, value] : lines) out += what + " : " + value + "\n";
  if (!e.marks.empty())
    out += french ? "case ou boîte : nomme le sujet, poids appris (écrit)\n"
                  : "tick or box: names the subject, weight learned (written)\n";
  for (const auto& [name, borne] : e.marks)
    out += "  " + name + " : " + percent(borne.right, borne.letters) + ", " + number(borne.learned, 2) +
           " (" + number(borne.written, 2) + ")\n";
  out += french ? "confiance : lettres, part juste\n" : "confidence: letters, share right\n";
  for (std::size_t b = 0; b < e.bin_letters.size(); ++b) {
    if (e.bin_letters[b] == 0) continue;
    out +=
        "  " + number(static_cast<double>(b) / 10) + " " + percent(e.bin_right[b], e.bin_letters[b]) + "\n";
  }
  out +=
      french ? "confusion (vrai en ligne, dit en colonne)\n" : "confusion (truth by row, said by column)\n";
  for (std::size_t q = 0; q < letter::queue_count; ++q) {
    for (const std::size_t cell : e.confusion[q]) {
      char field[16];
      std::snprintf(field, sizeof field, "%5zu", cell);
      out += field;
    }
    out += "  " + std::string(letter::id(letter::all_queues[q])) + "\n";
  }
  return out + (french ? "mal classées :\n" : "sorted wrong:\n") + e.wrong;
}

}  // namespace classify
