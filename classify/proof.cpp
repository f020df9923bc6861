#include "classify/proof.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <set>
#include <sstream>

#include "classify/words.hpp"
#include "letter/bounds.hpp"

namespace classify {
namespace {

constexpr std::string_view title = "vaguemestre-proof 1";

std::vector<Answer> surest_first(std::vector<Answer> answers) {
  std::stable_sort(answers.begin(), answers.end(),
                   [](const Answer& a, const Answer& b) { return a.confidence > b.confidence; });
  return answers;
}

// The most that can be accepted, surest first, while `allowed` holds. Equal confidences stand or fall
// together.
Bar lowest_bar(const std::vector<Answer>& answers, const std::function<bool(const Bar&)>& allowed) {
  const std::vector<Answer> sorted = surest_first(answers);
  Bar best, now;
  best.letters = now.letters = answers.size();
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    now.accepted += sorted[i].alone;
    now.wrong += sorted[i].alone && !sorted[i].right;
    now.confidence = sorted[i].confidence;
    const bool last_of_its_kind = i + 1 == sorted.size() || sorted[i + 1].confidence < sorted[i].confidence;
    if (last_of_its_kind && now.accepted > 0 && allowed(now)) best = now;
  }
  return best;
}

}  // namespace

double Bar::coverage() const {
  return letters == 0 ? 0 : static_cast<double>(accepted) / static_cast<double>(letters);
}

double Bar::wrong_per_1000() const {
  return accepted == 0 ? 0 : 1000.0 * static_cast<double>(wrong) / static_cast<double>(accepted);
}

double Bar::wrong_per_1000_at_most() const { return 1000 * letter::upper_bound_90(wrong, accepted); }

Bar bar_of(const std::vector<Answer>& answers, double wrong_per_1000) {
  return lowest_bar(answers, [&](const Bar& bar) { return bar.wrong_per_1000() <= wrong_per_1000; });
}

Bar proven_bar_of(const std::vector<Answer>& answers, double wrong_per_1000) {
  return lowest_bar(answers, [&](const Bar& bar) {
    return bar.wrong_per_1000() <= wrong_per_1000 && bar.wrong_per_1000_at_most() <= wrong_per_1000;
  });
}

Bar working_bar_of(const std::vector<Answer>& answers, double wrong_per_1000) {
  const Bar proven = proven_bar_of(answers, wrong_per_1000);
  return proven.accepted > 0 ? proven : bar_of(answers, wrong_per_1000);
}

Bar at(const std::vector<Answer>& answers, double confidence) {
  Bar bar;
  bar.confidence = confidence;
  bar.letters = answers.size();
  for (const Answer& one : answers) {
    if (!one.alone || one.confidence < confidence) continue;
    ++bar.accepted;
    bar.wrong += !one.right;
  }
  return bar;
}

Bar cross_checked(const std::vector<Answer>& answers, double wrong_per_1000) {
  std::set<std::uint32_t> batches;
  for (const Answer& one : answers) batches.insert(one.batch);
  Bar sum;
  sum.confidence = 0;
  for (const std::uint32_t batch : batches) {
    std::vector<Answer> here, others;
    for (const Answer& one : answers) (one.batch == batch ? here : others).push_back(one);
    const Bar judged = at(here, working_bar_of(others, wrong_per_1000).confidence);
    sum.letters += judged.letters;
    sum.accepted += judged.accepted;
    sum.wrong += judged.wrong;
    sum.confidence += judged.confidence / static_cast<double>(batches.size());
  }
  return sum;
}

bool is_proven(const Bar& bar, double wrong_per_1000) {
  return bar.wrong_per_1000_at_most() <= wrong_per_1000;
}

std::string dump_proof(const Proof& proof) {
  std::string rows;
  for (const Answer& one : surest_first(proof.answers)) {
    char row[64];
    std::snprintf(row, sizeof row, "%.6f %d %d %u\n", one.confidence, one.alone ? 1 : 0, one.right ? 1 : 0,
                  static_cast<unsigned>(one.batch));
    rows += row;
  }
  return std::string(title) + "\nmodel " + proof.model + "\nchecksum " + hex(checksum(rows)) + "\n\n" + rows;
}

letter::Result<Proof> parse_proof(std::string_view bytes) {
  const auto bad = [](const char* code) {
    return letter::fault(code, "La preuve du modèle de tri est abîmée.",
                         "The proof of the sorting model is damaged.");
  };
  std::istringstream in{std::string(bytes)};
  std::string first, key, sum;
  Proof proof;
  std::getline(in, first);
  in >> key >> proof.model >> key >> sum;
  if (first != title || !in) return bad("proof.format");
  const std::size_t rows = bytes.find("\n\n");
  if (rows == std::string_view::npos || hex(checksum(bytes.substr(rows + 2))) != sum)
    return bad("proof.checksum");
  for (double confidence = 0; in >> confidence;) {
    int alone = 0, right = 0;
    std::uint32_t batch = 0;
    if (!(in >> alone >> right >> batch)) return bad("proof.format");
    proof.answers.push_back({confidence, alone != 0, right != 0, batch});
  }
  return proof;
}

}  // namespace classify
