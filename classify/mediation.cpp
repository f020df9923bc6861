#include "classify/mediation.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace classify {
namespace {

// First phrase of the list inside words[first, last].
std::optional<Found> any_of(const std::vector<Phrase>& phrases, const Words& words, const Found& sentence) {
  std::optional<Found> earliest;
  for (const Phrase& phrase : phrases) {
    const auto found = find(phrase, words, sentence.first);
    if (found && found->first <= sentence.last && (!earliest || found->first < earliest->first))
      earliest = found;
  }
  return earliest;
}

// "Je saisirai", "nous porterions": said of what has not been done yet.
bool is_to_come(const std::string& word) {
  constexpr std::array<std::string_view, 4> endings{"RAI", "RAIS", "RONS", "RIONS"};
  constexpr std::array<std::string_view, 7> polite{"VOUDR", "AIMER", "SOUHAIT", "DESIR",
                                                   "SAUR",  "POURR", "ENVIRON"};
  const auto begins = [&](std::string_view start) { return word.starts_with(start); };
  return word.size() >= 6 && std::none_of(polite.begin(), polite.end(), begins) &&
         std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view end) { return word.ends_with(end); });
}

// What is announced of the mediator and not done: by a phrase of threats, else by a verb to come.
std::optional<Found> threat_in(const Words& words, const Found& sentence, const Rules& rules) {
  if (const auto threat = any_of(rules.threat, words, sentence)) return threat;
  if (any_of(rules.done, words, sentence)) return std::nullopt;
  for (std::size_t i = sentence.first; i <= sentence.last; ++i)
    if (is_to_come(words[i].text)) return Found{i, i};
  return std::nullopt;
}

double weight_of(Referral referral, const Rules& rules) {
  switch (referral) {
    case Referral::none:
      return 0;
    case Referral::question:
      return rules.asked;
    case Referral::named:
      return rules.named;
    case Referral::threatened:
      return rules.threatened;
    case Referral::referred:
      return rules.referred;
  }
  return 0;
}

std::vector<Found> sentences_of(const Words& words) {
  std::vector<Found> sentences;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (sentences.empty() || words[i].sentence != words[sentences.back().first].sentence) {
      sentences.push_back({i, i});
    }
    sentences.back().last = i;
  }
  return sentences;
}

}  // namespace

MediationView mediation_view(const Words& words, const Rules& rules) {
  MediationView view;
  const auto see = [&](Referral referral, const Found& found) {
    if (referral > view.referral) view = {referral, text_of(words, found)};
  };
  for (const Found& sentence : sentences_of(words)) {
    const auto referral = any_of(rules.referral, words, sentence);
    const auto name = any_of(rules.mediator, words, sentence);
    if (!referral && !name) continue;
    if (const auto threat = threat_in(words, sentence, rules)) {
      if (name) see(Referral::threatened, *threat);
    } else if (referral) {
      see(Referral::referred, *referral);
    } else if (any_of(rules.question, words, sentence)) {
      see(Referral::question, *name);
    } else {
      see(Referral::named, *name);
    }
  }
  return view;
}

std::vector<Signal> mediation_signals(const Words& words, const Rules& rules) {
  const MediationView view = mediation_view(words, rules);
  if (view.referral == Referral::none) return {};
  Signal signal;
  const double weight = weight_of(view.referral, rules);
  signal.shown = {"rule", letter::PersonalText(view.words_found), letter::Queue::mediation, weight, 0, {}};
  signal.adds[act_mediation] += weight;
  return {signal};
}

}  // namespace classify
