#include "classify/evidence.hpp"

#include <algorithm>
#include <array>

namespace classify {
namespace {

using letter::PersonalText;
using letter::Queue;

struct ObjectTick {
  std::string_view field;
  Queue queue;
};
constexpr std::array<ObjectTick, 6> object_fields{{{"OBJ_INCAP_INVAL", Queue::incapacite_invalidite},
                                                   {"OBJ_DECES_RENTE_DEP", Queue::deces_rente_dependance},
                                                   {"OBJ_BENEFICIAIRES", Queue::designation_beneficiaires},
                                                   {"OBJ_SANTE", Queue::frais_sante},
                                                   {"OBJ_MEDICAL", Queue::dossiers_medicaux},
                                                   {"OBJ_ENTREPRISE", Queue::entreprise}}};

Signal tick_signal(const letter::Field& field, Queue queue, double weight) {
  Signal signal;
  // A mark that may be none counts by its confidence.
  const double sure =
      field.tick == letter::TickState::doubtful ? 0.5 : std::clamp(field.confidence, 0.5, 1.0);
  signal.shown = {"tick", PersonalText(field.id), queue, weight * sure, field.page, field.box};
  return signal;
}

void add_ticks(const letter::ReadLetter& read, const Rules& rules, std::vector<Signal>& out) {
  const std::vector<Queue> objects = object_ticks(read);
  for (const auto& [id, queue] : object_fields) {
    const letter::Field* field = letter::find(read, id);
    if (objects.size() != 1 || objects.front() != queue || field == nullptr) continue;
    Signal signal = tick_signal(*field, queue, rules.form_weight("object_tick"));
    add_for(signal.adds, queue, signal.shown.weight);
    signal.adds[subject_none] -= rules.form_weight("object_tick_some");
    out.push_back(std::move(signal));
  }
  struct OtherTick {
    std::string_view field;
    std::string_view says;
    Queue queue;
  };
  constexpr std::array<OtherTick, 6> others{{{"QUAL_ENTREPRISE", "entreprise", Queue::entreprise},
                                             {"QUAL_ASSURE", "person", Queue::entreprise},
                                             {"QUAL_BENEF", "person", Queue::entreprise},
                                             {"QUAL_MANDATAIRE", "person", Queue::entreprise},
                                             {"DEJA_MEDIATEUR", "mediation", Queue::mediation},
                                             {"DEJA_OUI", "complaint", Queue::non_reclamation}}};
  for (const auto& [id, says, queue] : others) {
    if (!is_ticked(read, id)) continue;
    const letter::Field* field = letter::find(read, id);
    Signal signal = tick_signal(*field, queue, rules.form_weight(std::string(id)));
    add_saying(signal.adds, says, signal.shown.weight);
    if (says == "person" || says == "complaint") signal.shown.weight = -signal.shown.weight;
    out.push_back(std::move(signal));
  }
}

void add_reason_ticks(const letter::ReadLetter& read, const Rules& rules, std::vector<Signal>& out) {
  for (const letter::Field& field : read.fields) {
    if (!field.id.starts_with("MOT_") || !is_ticked(read, field.id)) continue;
    Signal signal = tick_signal(field, Queue::non_reclamation, rules.form_weight("reason_tick"));
    signal.adds[act_complaint] += signal.shown.weight;
    signal.shown.weight = -signal.shown.weight;
    out.push_back(std::move(signal));
    return;  // one or five, they say the same
  }
}

void add_box(const letter::ReadLetter& read, const Rules& rules, std::vector<Signal>& out) {
  const auto add = [&](std::string_view box, Queue queue, const std::string& name) {
    Signal signal;
    signal.shown = {"box", PersonalText(std::string(box)), queue, rules.form_weight(name), 0, {}};
    add_for(signal.adds, queue, signal.shown.weight);
    if (signal.shown.weight != 0) out.push_back(std::move(signal));
  };
  const std::string_view box = letter::id(read.letter.box);
  switch (read.letter.box) {
    case letter::PostBox::none:
      break;
    case letter::PostBox::cs_30027:
      add(box, Queue::deces_rente_dependance, "cs_30027");
      break;
    case letter::PostBox::tsa_90200:
      add(box, Queue::entreprise, "tsa_90200");
      break;
    case letter::PostBox::tsa_20202:  // shared by three queues
      add(box, Queue::incapacite_invalidite, "tsa_20202");
      add(box, Queue::designation_beneficiaires, "tsa_20202");
      add(box, Queue::dossiers_medicaux, "tsa_20202");
      break;
  }
}

// The queue under which a rule's word is shown, and whether it speaks against it.
std::pair<Queue, bool> shown_under(const std::string& says) {
  if (says == "complaint") return {Queue::non_reclamation, true};
  if (says == "person") return {Queue::entreprise, true};
  return {letter::parse_queue(says).value_or(Queue::autre), false};
}

}  // namespace

bool is_ticked(const letter::ReadLetter& read, std::string_view field_id) {
  const letter::Field* field = letter::find(read, field_id);
  return field != nullptr && field->how == letter::How::tick &&
         (field->tick == letter::TickState::ticked || field->tick == letter::TickState::doubtful);
}

std::vector<Queue> object_ticks(const letter::ReadLetter& read) {
  std::vector<Queue> queues;
  for (const auto& [id, queue] : object_fields) {
    if (is_ticked(read, id)) queues.push_back(queue);
  }
  return queues;
}

std::vector<Signal> form_signals(const letter::ReadLetter& read, const Rules& rules) {
  std::vector<Signal> signals;
  add_ticks(read, rules, signals);
  add_reason_ticks(read, rules, signals);
  add_box(read, rules, signals);
  return signals;
}

std::vector<Signal> rule_signals(const Words& words, const Rules& rules) {
  // Of each rule the first phrase of its list that stands anywhere, at its first place.
  std::vector<std::optional<std::pair<std::size_t, Found>>> first(rules.rules.size());
  for (const PhraseBook::Hit& hit : rules.book.hits(words)) {
    const auto [rule, phrase] = rules.book_of[hit.phrase];
    if (!first[rule] || phrase < first[rule]->first) first[rule] = {phrase, hit.where};
  }
  std::vector<Signal> signals;
  for (std::size_t r = 0; r < rules.rules.size(); ++r) {
    if (!first[r]) continue;
    const Rule& rule = rules.rules[r];
    Signal signal;
    const auto [queue, against] = shown_under(rule.says);
    signal.shown = {"rule", PersonalText(text_of(words, first[r]->second)),
                    queue,  against ? -rule.weight : rule.weight,
                    0,      {}};
    add_saying(signal.adds, rule.says, rule.weight);
    signals.push_back(std::move(signal));
  }
  return signals;
}

Places::Places(const letter::ReadLetter& read) {
  for (const letter::Line& line : read.lines) {
    std::string text = " ";
    for (const Word& word : words_of(line.text.reveal())) text += word.text + " ";
    lines_.push_back({std::move(text), {line.page, line.box}});
  }
}

std::optional<Place> Places::of(const std::string& folded_words) const {
  const auto line_with = [this](const std::string& text) -> std::optional<Place> {
    const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const FoldedLine& line) {
      return line.text.find(" " + text + " ") != std::string::npos;
    });
    if (found == lines_.end()) return std::nullopt;
    return found->place;
  };
  if (auto place = line_with(folded_words)) return place;
  std::string longest;
  for (const Word& word : words_of(folded_words)) {
    if (word.text.size() > longest.size()) longest = word.text;
  }
  return longest.empty() ? std::nullopt : line_with(longest);
}

}  // namespace classify
