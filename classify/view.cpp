#include "classify/view.hpp"

#include <algorithm>
#include <cmath>

#include "classify/mediation.hpp"

namespace classify {
namespace {

void add(Scores& scores, const std::vector<Signal>& signals) {
  for (const Signal& signal : signals) {
    for (std::size_t c = 0; c < column_count; ++c) scores[c] += signal.adds[c];
  }
}

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

double log_odds(double share) { return std::log(share / (1 - share)); }

// What the house knows of a post box takes the place of the corpus' share of plain requests.
double toward_request(const letter::ReadLetter& read, const WordModel& model, const House& house) {
  const double share = house.complaint_share[static_cast<std::size_t>(read.letter.box)];
  if (share <= 0 || share >= 1) return 0;
  return log_odds(1 - share) - log_odds(model.request_share);
}

}  // namespace

Scores answers_to(const Scores& scores, const View& view) {
  Scores out = scores;
  for (std::size_t q = 0; q < question_count; ++q) {
    for (std::size_t i = 0; i < questions[q].count; ++i) out[questions[q].first + i] /= view.temperature[q];
  }
  add_for(out, letter::Queue::non_reclamation, view.toward_request);
  softmax(out);
  return out;
}

View view_of(const letter::ReadLetter& read, const Knowledge& knowledge, const House& house) {
  View view;
  view.words = words_of(own_words(read));
  view.hearing = knowledge.words.hear(view.words, knowledge.lexicon, knowledge.rules);
  view.from_words = spoken_signals(view.words, knowledge.rules);
  view.mediation_asked = mediation_view(view.words, knowledge.rules).referral == Referral::question;
  view.from_form = marked_signals(read, knowledge.rules);
  view.temperature = knowledge.words.temperature;
  view.toward_request = toward_request(read, knowledge.words, house);
  view.scores = view.hearing.scores;
  if (leaves_subject_to_form(view)) std::fill(view.scores.begin() + subject_first, view.scores.end(), 0.0);
  add(view.scores, view.from_words);
  view.by_words = answers_to(view.scores, view);
  add(view.scores, view.from_form);
  view.answers = answers_to(view.scores, view);
  return view;
}

}  // namespace classify
