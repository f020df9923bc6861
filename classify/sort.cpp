#include "classify/sort.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>

#include "classify/complaint.hpp"
#include "classify/decision.hpp"
#include "classify/evidence.hpp"
#include "classify/keys.hpp"
#include "classify/mediation.hpp"
#include "classify/review.hpp"
#include "classify/triage.hpp"

namespace classify {
namespace {

using letter::Evidence;
using letter::Queue;
using letter::SortedLetter;

constexpr std::size_t evidence_at_most = 12;
constexpr double evidence_least = 0.05;  // log-odds under which a word is not worth showing

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw letter::BrokenWorld("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

void add(Scores& scores, const std::vector<Signal>& signals) {
  for (const Signal& signal : signals) {
    for (std::size_t c = 0; c < column_count; ++c) scores[c] += signal.adds[c];
  }
}

Scores calibrated(Scores scores, const WordModel& model) {
  for (std::size_t q = 0; q < question_count; ++q) {
    for (std::size_t i = 0; i < questions[q].count; ++i)
      scores[questions[q].first + i] /= model.temperature[q];
  }
  softmax(scores);
  return scores;
}

// All that was heard of one letter.
struct View {
  Words words;
  Hearing hearing;
  std::vector<Signal> from_words, from_form;
  Scores by_words{}, answers{};  // probabilities: without and with form and box
  bool mediation_asked = false;
};

// Policy R11: a few words that name no subject ("voir courrier joint") leave it to tick and box, whatever
// the model heard in such words before.
bool leaves_subject_to_form(const View& view) {
  constexpr std::size_t few_words = 8;
  const auto names_subject = [](const Signal& signal) {
    const auto begin = signal.adds.begin() + static_cast<std::ptrdiff_t>(subject_first);
    return std::any_of(begin, begin + 6, [](double add) { return add != 0; });
  };
  return view.words.size() <= few_words &&
         std::none_of(view.from_words.begin(), view.from_words.end(), names_subject) &&
         std::any_of(view.from_form.begin(), view.from_form.end(), names_subject);
}

View view_of(const letter::ReadLetter& read, const Knowledge& knowledge) {
  View view;
  view.words = words_of(own_words(read));
  view.hearing = knowledge.words.hear(view.words, knowledge.lexicon, knowledge.rules);
  view.from_words = spoken_signals(view.words, knowledge.rules);
  view.mediation_asked = mediation_view(view.words, knowledge.rules).referral == Referral::question;
  view.from_form = marked_signals(read, knowledge.rules);
  Scores scores = view.hearing.scores;
  if (leaves_subject_to_form(view)) std::fill(scores.begin() + subject_first, scores.end(), 0.0);
  add(scores, view.from_words);
  view.by_words = calibrated(scores, knowledge.words);
  add(scores, view.from_form);
  view.answers = calibrated(scores, knowledge.words);
  return view;
}

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

std::vector<Evidence> evidence_of(const View& view, Queue queue, const letter::ReadLetter& read) {
  std::vector<Evidence> all;
  std::map<std::string, double> words;
  for (std::size_t i = 0; i < view.words.size(); ++i) {
    words[view.words[i].text] += pull(view.hearing.by_word[i], view.answers, queue);
  }
  for (const auto& [word, weight] : words) {
    if (std::abs(weight) < evidence_least || word.size() < 3) continue;
    all.push_back({"word", letter::PersonalText(word), queue, weight, 0, {}});
  }
  for (const Signal& signal : view.from_words) all.push_back(signal.shown);
  for (const Signal& signal : view.from_form) all.push_back(signal.shown);
  std::stable_sort(all.begin(), all.end(), [](const Evidence& a, const Evidence& b) {
    return std::abs(a.weight) > std::abs(b.weight);
  });
  if (all.size() > evidence_at_most) all.resize(evidence_at_most);
  const Places places(read);
  for (Evidence& one : all) {
    if (one.kind != "word" && one.kind != "rule") continue;
    if (const auto place = places.of(one.what.reveal())) {
      one.page = place->page;
      one.box = place->box;
    }
  }
  return all;
}

// True when neither words nor form say what the letter is about: nobody but a person can sort it.
bool nothing_decides(const View& view) { return view.hearing.known_features == 0 && view.from_form.empty(); }

Grounds grounds_of(const View& view, bool complaint_unsure) {
  Grounds grounds;
  grounds.complaint_unsure = complaint_unsure;
  grounds.words_company = view.by_words[writer_company];
  const auto begin = view.by_words.begin() + static_cast<std::ptrdiff_t>(subject_first);
  const auto best = static_cast<std::size_t>(std::max_element(begin, begin + 6) - begin);
  if (best < subjects.size()) grounds.words_subject = subjects[best];
  grounds.words_subject_sure = view.by_words[subject_first + best];
  return grounds;
}

// A closed envelope: its secrecy is all that is known, and that a clock may run (domain rule 4.2).
void decide_sealed(SortedLetter& out) {
  out.queue = Queue::dossiers_medicaux;
  out.probabilities.fill(0);
  out.probabilities[static_cast<std::size_t>(out.queue)] = 1;
  out.confidence = 1;
  out.is_complaint = true;
  out.complaint_confidence = 0.5;
}

}  // namespace

SortedLetter sort_by(const letter::ReadLetter& read, const Knowledge& knowledge, double review_below) {
  SortedLetter out;
  out.read = read;
  out.model = knowledge.words.corpus_checksum;
  const View view = read.letter.sealed ? View{} : view_of(read, knowledge);
  ComplaintView complaint;
  if (read.letter.sealed) {
    decide_sealed(out);
  } else {
    if (nothing_decides(view)) {
      out.probabilities.fill(1.0 / letter::queue_count);
    } else {
      out.probabilities = probabilities_of(view.answers);
    }
    out.queue = nothing_decides(view) ? Queue::autre : most_probable(out.probabilities);
    out.confidence = out.probabilities[static_cast<std::size_t>(out.queue)];
    if (!nothing_decides(view)) out.secondary = secondary_of(out.queue, view.answers, view.mediation_asked);
    complaint = complaint_view(out.probabilities[static_cast<std::size_t>(Queue::non_reclamation)]);
    out.is_complaint = complaint.is_complaint;
    out.complaint_confidence = complaint.confidence;
    out.evidence = evidence_of(view, out.queue, read);
    out.keys = keys(read);
  }
  const Grounds grounds = read.letter.sealed ? Grounds{} : grounds_of(view, complaint.unsure);
  out.reasons = review_reasons(out, grounds, view.words, knowledge.rules, review_below);
  out.needs_review = !out.reasons.empty();
  return out;
}

Triage::Triage(const std::filesystem::path& models_dir) {
  auto words = parse_words(file_text(models_dir / "triage" / "words.model"));
  if (!words) throw letter::BrokenWorld("triage/words.model: " + words.error().en);
  auto rules = parse_rules(file_text(models_dir / "triage" / "rules.toml"));
  if (!rules) throw letter::BrokenWorld("triage/rules.toml: " + rules.error().en);
  auto lexicon = parse_concepts(file_text(models_dir / "triage" / "concepts.toml"), *rules);
  if (!lexicon) throw letter::BrokenWorld("triage/concepts.toml: " + lexicon.error().en);
  impl_ = std::make_unique<Impl>(Impl{{std::move(*words), std::move(*rules), std::move(*lexicon)}});
}

Triage::~Triage() = default;

letter::SortedLetter sort(const letter::ReadLetter& read, const Triage& triage, double review_below) {
  return sort_by(read, triage.impl().knowledge, review_below);
}

}  // namespace classify
