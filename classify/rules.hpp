// The hand-written layer: phrases and weights of models/triage/rules.toml, which a person can read
// and change without retraining. Immutable, pure.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "classify/phrase.hpp"
#include "classify/questions.hpp"
#include "letter/result.hpp"

namespace classify {

// What a rule's `says` may name: a queue id (its column), "complaint", "person" (= no company).
struct Rule {
  std::string says;
  double weight = 0;  // log-odds; counted once a letter, for the first phrase found
  std::vector<Phrase> phrases;
};

struct Rules {
  std::vector<Rule> rules;
  PhraseBook book;  // all rules' phrases in order: (rule, phrase) of each in `book_of`
  std::vector<std::pair<std::size_t, std::size_t>> book_of;
  std::map<std::string, double> form;  // log-odds of ticks, boxes and form fields by name; see rules.toml
  std::vector<Phrase> mediator, referral, done, threat, question;
  double referred = 0, named = 0, threatened = 0, asked = 0;  // log-odds for act_mediation
  std::vector<Phrase> discontent;
  double discontent_first = 0,
         discontent_more = 0;          // log-odds for act_complaint: first sign, each of two more
  double content = 0;                  // log-odds for act_request when there is no sign at all
  std::vector<Phrase> medical;         // words of diagnosis and care; two different ones are content
  std::vector<Phrase> medical_papers;  // one is enough
  double form_weight(const std::string& name) const;  // 0 when not given
};

// `toml` is the file's text. Faults: toml.*, rules.rule, rules.phrase (they say which).
letter::Result<Rules> parse_rules(std::string_view toml);

// Adds what `says` means to the scores. False when it means nothing.
bool add_saying(Scores& scores, std::string_view says, double weight);

}  // namespace classify
