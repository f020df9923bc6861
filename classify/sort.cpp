#include "classify/sort.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "classify/complaint.hpp"
#include "classify/decision.hpp"
#include "classify/keys.hpp"
#include "classify/review.hpp"
#include "classify/triage.hpp"
#include "classify/view.hpp"
#include "classify/why.hpp"

namespace classify {
namespace {

using letter::Queue;
using letter::SortedLetter;

std::string file_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw letter::BrokenWorld("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
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

// Signs of discontent that the rules found in the words.
std::size_t signs_in(const View& view) {
  return static_cast<std::size_t>(
      std::count_if(view.from_words.begin(), view.from_words.end(), [](const Signal& one) {
        return one.shown.queue == Queue::non_reclamation && one.adds[act_complaint] > 0;
      }));
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

SortedLetter sort_by(const letter::ReadLetter& read, const Knowledge& knowledge, const House& house) {
  SortedLetter out;
  out.read = read;
  const View view = read.letter.sealed ? View{} : view_of(read, knowledge, house);
  ComplaintView complaint;
  if (read.letter.sealed) {
    decide_sealed(out);
  } else {
    if (nothing_decides(view)) {
      out.probabilities.fill(1.0 / letter::queue_count);
      out.queue = Queue::autre;
    } else {
      out.probabilities = probabilities_of(view.answers);
      out.queue = most_probable(out.probabilities);
      out.secondary = secondary_of(out.queue, view.answers, view.mediation_asked);
    }
    out.confidence = out.probabilities[static_cast<std::size_t>(out.queue)];
    complaint = complaint_view(out.probabilities[static_cast<std::size_t>(Queue::non_reclamation)],
                               out.queue == Queue::non_reclamation, signs_in(view));
    out.is_complaint = complaint.is_complaint;
    out.complaint_confidence = complaint.confidence;
    Why why = why_of(view, out.queue, read);
    out.evidence = std::move(why.evidence);
    out.turning = std::move(why.turning.without);
    out.otherwise = why.turning.otherwise;
    out.keys = keys(read);
  }
  const Grounds grounds = read.letter.sealed ? Grounds{} : grounds_of(view, complaint.unsure);
  out.reasons = review_reasons(out, grounds, view.words, knowledge.rules, house.review_below);
  out.needs_review = !out.reasons.empty();
  return out;
}

Triage::Triage(const std::filesystem::path& triage_dir) {
  const auto must = [&](auto parsed, const char* file) {
    if (!parsed) throw letter::BrokenWorld((triage_dir / file).string() + ": " + parsed.error().en);
    return std::move(*parsed);
  };
  const std::string model = file_text(triage_dir / "words.model");
  const std::string rules_text = file_text(triage_dir / "rules.toml");
  const std::string concepts_text = file_text(triage_dir / "concepts.toml");
  WordModel words = must(parse_words(model), "words.model");
  Rules rules = must(parse_rules(rules_text), "rules.toml");
  for (const auto& [name, weight] : words.form) rules.form[name] = weight;
  Lexicon lexicon = must(parse_concepts(concepts_text, rules), "concepts.toml");
  Proof proof = must(parse_proof(file_text(triage_dir / "proof.txt")), "proof.txt");
  if (proof.model != hex(checksum(model)))
    throw letter::BrokenWorld((triage_dir / "proof.txt").string() + ": it is the proof of another model");
  const std::string id = hex(checksum(concepts_text, checksum(rules_text, checksum(model)))).substr(0, 12);
  impl_ = std::make_unique<Impl>(
      Impl{{std::move(words), std::move(rules), std::move(lexicon)}, std::move(proof), id});
}

Triage::~Triage() = default;

const std::string& Triage::id() const { return impl_->id; }

const Proof& Triage::proof() const { return impl_->proof; }

House house_of(const Triage& triage, double wrong_per_1000, const std::array<double, 4>& complaint_share) {
  return {working_bar_of(triage.proof().answers, wrong_per_1000).confidence, complaint_share};
}

SortedLetter sort(const letter::ReadLetter& read, const Triage& triage, const House& house) {
  SortedLetter out = sort_by(read, triage.impl().knowledge, house);
  out.model = triage.id();
  return out;
}

}  // namespace classify
