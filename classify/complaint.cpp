#include "classify/complaint.hpp"

namespace classify {
namespace {

constexpr std::size_t signs_at_most = 3;  // more of the same add nothing
constexpr std::size_t words_to_tell = 5;  // a shorter text without a sign says nothing

Signal sign(const Words& words, const Found& found, double weight) {
  Signal signal;
  signal.shown = {
      "rule", letter::PersonalText(text_of(words, found)), letter::Queue::non_reclamation, -weight, 0, {}};
  signal.adds[act_complaint] += weight;
  return signal;
}

}  // namespace

std::vector<Signal> complaint_signals(const Words& words, const Rules& rules) {
  std::vector<Signal> signals;
  for (const Phrase& phrase : rules.discontent) {
    if (signals.size() == signs_at_most) break;
    const auto found = find(phrase, words);
    if (!found) continue;
    signals.push_back(sign(words, *found, signals.empty() ? rules.discontent_first : rules.discontent_more));
  }
  if (signals.empty() && words.size() >= words_to_tell) {
    Signal none;
    none.shown = {"rule",
                  letter::PersonalText("AUCUN SIGNE DE MECONTENTEMENT"),
                  letter::Queue::non_reclamation,
                  rules.content,
                  0,
                  {}};
    none.adds[act_request] += rules.content;
    signals.push_back(std::move(none));
  }
  return signals;
}

ComplaintView complaint_view(double request_probability, bool said_request, std::size_t signs) {
  const double sure = signs >= signs_of_upset ? request_sure_upset : request_sure;
  if (request_probability >= sure) return {false, request_probability, false};
  return {true, 1 - request_probability, said_request};
}

}  // namespace classify
