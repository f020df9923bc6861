#include "classify/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace classify {
namespace {

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string percent(std::size_t part, std::size_t whole) {
  char out[48];
  std::snprintf(out, sizeof out, "%.1f %% (%zu/%zu)", 100 * share(part, whole), part, whole);
  return out;
}

std::string number(double value) {
  char out[32];
  std::snprintf(out, sizeof out, "%.3f", value);
  return out;
}

}  // namespace

void count(Evaluation& evaluation, const Example& truth, const letter::SortedLetter& said) {
  const auto right_at = static_cast<std::size_t>(truth.queue);
  const bool right = said.queue == truth.queue;
  ++evaluation.letters;
  evaluation.queue_right += right;
  evaluation.secondary_right += said.secondary == truth.secondary;
  evaluation.complaints += truth.is_complaint;
  evaluation.complaints_kept += truth.is_complaint && said.is_complaint;
  evaluation.called_complaint += said.is_complaint;
  ++evaluation.confusion[right_at][static_cast<std::size_t>(said.queue)];
  evaluation.log_loss -= std::log(std::max(1e-12, said.probabilities[right_at]));
  const auto bin = std::min<std::size_t>(9, static_cast<std::size_t>(said.confidence * 10));
  ++evaluation.bin_letters[bin];
  evaluation.bin_right[bin] += right;
  if (said.confidence >= evaluation.review_below) {
    ++evaluation.confident;
    evaluation.confident_wrong += !right;
  }
  if (!said.needs_review) {
    ++evaluation.automatic;
    evaluation.automatic_wrong += !right;
  }
  if (!right) {
    evaluation.wrong += truth.id + " " + std::string(letter::id(truth.queue)) + " -> " +
                        std::string(letter::id(said.queue)) + " " + number(said.confidence) + "\n";
  }
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
}

std::string text(const Evaluation& e, bool french) {
  const auto line = [french](const char* fr, const char* en, const std::string& value) {
    return std::string(french ? fr : en) + " : " + value + "\n";
  };
  std::string out = line("lettres", "letters", std::to_string(e.letters));
  out += line("bon service", "right queue", percent(e.queue_right, e.letters));
  out += line("F1 macro", "macro F1", number(e.macro_f1));
  out += line("service secondaire juste", "right secondary", percent(e.secondary_right, e.letters));
  out += line("rappel des réclamations", "recall of complaints", percent(e.complaints_kept, e.complaints));
  out += line("précision des réclamations", "precision of complaints",
              percent(e.complaints_kept, e.called_complaint));
  const std::string at = " (" + number(e.review_below) + ")";
  out += line("au-dessus du seuil", "at or over the threshold", percent(e.confident, e.letters) + at);
  out += line("  dont faux", "  of these wrong", percent(e.confident_wrong, e.confident));
  out += line("sans personne", "without a person", percent(e.automatic, e.letters));
  out += line("  dont faux", "  of these wrong", percent(e.automatic_wrong, e.automatic));
  out += line("perte logarithmique", "log loss", number(e.log_loss));
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
