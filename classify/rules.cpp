#include "classify/rules.hpp"

#include <algorithm>

#include "letter/tree.hpp"

namespace classify {
namespace {

// "d'avis|de" would silently lose its second half: folding makes two words of the first.
bool splits_an_alternative(std::string_view written) {
  while (!written.empty()) {
    const std::size_t space = written.find(' ');
    const std::string_view one = written.substr(0, space);
    if (one.find('|') != std::string_view::npos && one.find_first_of("'-") != std::string_view::npos)
      return true;
    written = space == std::string_view::npos ? std::string_view{} : written.substr(space + 1);
  }
  return false;
}

// The list's phrases; `bad` is set to the first that cannot mean what it says.
std::vector<Phrase> phrases_of(const letter::Tree& list, std::string& bad) {
  std::vector<Phrase> phrases;
  for (const letter::Tree& one : list.items()) {
    const std::string written = one.text_or("");
    Phrase phrase = phrase_of(written);
    const bool starts_well = !phrase.empty() && !phrase.front().either.empty();
    if (bad.empty() && (!starts_well || splits_an_alternative(written)))
      bad = written.empty() ? "\"\"" : written;
    phrases.push_back(std::move(phrase));
  }
  return phrases;
}

auto bad_phrase(const std::string& phrase) {
  return letter::fault("rules.phrase", "Phrase de tri mal écrite : " + phrase,
                       "Badly written sorting phrase: " + phrase);
}

auto bad_rule(std::size_t number, const std::string& says) {
  const std::string which = std::to_string(number + 1) + " (says = \"" + says + "\")";
  return letter::fault("rules.rule", "Règle de tri " + which + " : phrases, poids ou sens manquants.",
                       "Sorting rule " + which + ": phrases, weight or meaning missing.");
}

void read_lists(const letter::Tree& tree, Rules& rules, std::string& bad) {
  const letter::Tree& mediation = value(tree, "mediation");
  rules.mediator = phrases_of(value(mediation, "names"), bad);
  rules.referral = phrases_of(value(mediation, "referral"), bad);
  rules.done = phrases_of(value(mediation, "done"), bad);
  rules.threat = phrases_of(value(mediation, "threat"), bad);
  rules.question = phrases_of(value(mediation, "question"), bad);
  rules.referred = value(mediation, "referred").number_or(0);
  rules.named = value(mediation, "named").number_or(0);
  rules.threatened = value(mediation, "threatened").number_or(0);
  rules.asked = value(mediation, "asked").number_or(0);
  const letter::Tree& complaint = value(tree, "complaint");
  rules.discontent = phrases_of(value(complaint, "signs"), bad);
  rules.discontent_first = value(complaint, "first").number_or(0);
  rules.discontent_more = value(complaint, "more").number_or(0);
  rules.content = value(complaint, "none").number_or(0);
  rules.medical = phrases_of(value(value(tree, "medical"), "words"), bad);
  rules.medical_papers = phrases_of(value(value(tree, "medical"), "papers"), bad);
}

}  // namespace

bool add_saying(Scores& scores, std::string_view says, double weight) {
  if (says == "complaint") {
    scores[act_complaint] += weight;
    scores[queue_first + static_cast<std::size_t>(letter::Queue::non_reclamation)] -= weight;
  } else if (says == "person") {
    scores[writer_other] += weight;
    scores[queue_first + static_cast<std::size_t>(letter::Queue::entreprise)] -= weight;
  } else if (const auto queue = letter::parse_queue(says))
    add_for(scores, *queue, weight);
  else
    return false;
  return true;
}

double Rules::form_weight(const std::string& name) const {
  const auto found = form.find(name);
  return found == form.end() ? 0.0 : found->second;
}

letter::Result<Rules> parse_rules(std::string_view toml) {
  const auto tree = letter::parse_toml(toml, "rules.toml");
  if (!tree) return tl::unexpected<letter::Reason>(tree.error());
  Rules rules;
  std::string bad;
  for (const auto& [name, weight] : value(*tree, "form").fields()) rules.form[name] = weight.number_or(0);
  const auto& list = value(*tree, "rule").items();
  for (std::size_t i = 0; i < list.size(); ++i) {
    Rule rule{value(list[i], "says").text_or(""), value(list[i], "weight").number_or(0),
              phrases_of(value(list[i], "phrases"), bad)};
    Scores unused{};
    if (rule.phrases.empty() || rule.weight == 0 || !add_saying(unused, rule.says, rule.weight)) {
      return bad_rule(i, rule.says);
    }
    for (std::size_t p = 0; p < rule.phrases.size(); ++p) {
      rules.book.add(rule.phrases[p]);
      rules.book_of.emplace_back(rules.rules.size(), p);
    }
    rules.rules.push_back(std::move(rule));
  }
  read_lists(*tree, rules, bad);
  if (!bad.empty()) return bad_phrase(bad);
  return rules;
}

}  // namespace classify
