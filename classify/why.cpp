#include "classify/why.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "classify/decision.hpp"

namespace classify {
namespace {

using letter::Evidence;
using letter::Queue;

constexpr std::size_t evidence_at_most = 12;
constexpr double evidence_least = 0.05;  // log-odds under which a word is not worth showing
constexpr std::size_t turning_at_most = 4;
constexpr std::size_t turning_tried = 24;  // pieces with the strongest pull; others do not turn a decision

// How much a share of the scores moves the log-odds of `queue`: along each question on its path, its
// own column against the other columns as they stand.
double pull(const Scores& share, const Scores& answers, Queue queue) {
  const auto along = [&](std::size_t question, std::size_t column) {
    const Question& q = questions[question];
    const double rest = std::max(1e-9, 1 - answers[column]);
    double others = 0;
    for (std::size_t c = q.first; c < q.first + q.count; ++c) {
      if (c != column) others += share[c] * answers[c] / rest;
    }
    return share[column] - others;
  };
  if (queue == Queue::mediation) return along(0, act_mediation);
  if (queue == Queue::non_reclamation) return along(0, act_request);
  if (queue == Queue::entreprise) return along(0, act_complaint) + along(1, writer_company);
  const std::size_t subject = subject_index(queue).value_or(subjects.size());
  return along(0, act_complaint) + along(1, writer_other) + along(2, subject_first + subject);
}

// A piece of evidence with all that it adds to the scores.
struct Ground {
  Evidence shown;
  Scores adds{};
  double pull = 0;  // toward the queue
};

// Every word of the letter with all its places together, and every signal.
std::vector<Ground> pieces_of(const View& view, Queue queue) {
  std::vector<Ground> pieces;
  std::map<std::string, Scores> words;
  for (std::size_t i = 0; i < view.words.size(); ++i) {
    Scores& sum = words[view.words[i].text];
    for (std::size_t c = 0; c < column_count; ++c) sum[c] += view.hearing.by_word[i][c];
  }
  for (const auto& [word, adds] : words) {
    if (word.size() < 3) continue;
    const double weight = pull(adds, view.answers, queue);
    pieces.push_back({{"word", letter::PersonalText(word), queue, weight, 0, {}}, adds, weight});
  }
  for (const auto* signals : {&view.from_words, &view.from_form})
    for (const Signal& signal : *signals)
      pieces.push_back({signal.shown, signal.adds, pull(signal.adds, view.answers, queue)});
  return pieces;
}

void place(std::vector<Evidence>& all, const Places& places) {
  for (Evidence& one : all) {
    if (one.kind != "word" && one.kind != "rule") continue;
    if (const auto found = places.of(one.what.reveal())) {
      one.page = found->page;
      one.box = found->box;
    }
  }
}

// Takes away the piece that leaves least for the queue; true when another queue leads then.
bool take_best(std::vector<Ground>& pieces, Scores& scores, const View& view, Queue queue, Turning& turning) {
  std::size_t best = pieces.size();
  double least = 2;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    Scores without = scores;
    for (std::size_t c = 0; c < column_count; ++c) without[c] -= pieces[i].adds[c];
    const double left = probabilities_of(answers_to(without, view))[static_cast<std::size_t>(queue)];
    if (left >= least) continue;
    least = left;
    best = i;
  }
  if (best == pieces.size()) return false;
  for (std::size_t c = 0; c < column_count; ++c) scores[c] -= pieces[best].adds[c];
  turning.without.push_back(pieces[best].shown);
  pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(best));
  const Queue leads = most_probable(probabilities_of(answers_to(scores, view)));
  if (leads == queue) return false;
  turning.otherwise = leads;
  return true;
}

std::vector<Evidence> strongest(const std::vector<Ground>& pieces) {
  std::vector<Evidence> all;
  for (const Ground& piece : pieces) {
    if (piece.shown.kind != "word" || std::abs(piece.shown.weight) >= evidence_least)
      all.push_back(piece.shown);
  }
  std::stable_sort(all.begin(), all.end(), [](const Evidence& a, const Evidence& b) {
    return std::abs(a.weight) > std::abs(b.weight);
  });
  if (all.size() > evidence_at_most) all.resize(evidence_at_most);
  return all;
}

Turning turning_of(std::vector<Ground> pieces, const View& view, Queue queue) {
  std::erase_if(pieces, [](const Ground& piece) { return piece.pull <= 0; });
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Ground& a, const Ground& b) { return a.pull > b.pull; });
  if (pieces.size() > turning_tried) pieces.resize(turning_tried);
  Turning turning;
  Scores scores = view.scores;
  while (turning.without.size() < turning_at_most) {
    const std::size_t before = turning.without.size();
    if (take_best(pieces, scores, view, queue, turning)) break;
    if (turning.without.size() == before) break;
  }
  if (!turning.otherwise) turning.without.clear();
  return turning;
}

}  // namespace

Why why_of(const View& view, Queue queue, const letter::ReadLetter& read) {
  std::vector<Ground> pieces = pieces_of(view, queue);
  Why why;
  why.evidence = strongest(pieces);
  why.turning = turning_of(std::move(pieces), view, queue);
  const Places places(read);
  place(why.evidence, places);
  place(why.turning.without, places);
  return why;
}

}  // namespace classify
