#include "classify/rules.hpp"

#include <algorithm>

#include "letter/tree.hpp"

namespace classify {
namespace {

constexpr std::size_t gap_words = 4;

bool stands(const Piece& piece, const std::string& word) {
  for (std::size_t i = 0; i < piece.either.size(); ++i) {
    if (piece.prefix[i] ? word.starts_with(piece.either[i]) : word == piece.either[i]) return true;
  }
  return false;
}

// Matches pieces[at..] against words[i..] inside one sentence; the last word of the match, or nullopt.
std::optional<std::size_t> match(const Phrase& phrase, std::size_t at, const Words& words, std::size_t i,
                                 std::uint32_t sentence) {
  if (at == phrase.size()) return i - 1;
  if (phrase[at].either.empty()) {
    for (std::size_t skip = 0; skip <= gap_words; ++skip) {
      if (auto last = match(phrase, at + 1, words, i + skip, sentence)) return last;
    }
    return std::nullopt;
  }
  if (i >= words.size() || words[i].sentence != sentence || !stands(phrase[at], words[i].text)) {
    return std::nullopt;
  }
  return match(phrase, at + 1, words, i + 1, sentence);
}

Piece piece_of(std::string_view written) {
  Piece piece;
  while (!written.empty()) {
    const std::size_t bar = written.find('|');
    std::string_view one = written.substr(0, bar);
    const bool prefix = one.ends_with('*');
    if (prefix) one.remove_suffix(1);
    const Words words = words_of(one);
    if (!words.empty()) {
      piece.either.push_back(words.front().text);
      piece.prefix.push_back(prefix);
    }
    written = bar == std::string_view::npos ? std::string_view{} : written.substr(bar + 1);
  }
  return piece;
}

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

Phrase phrase_of(std::string_view written) {
  std::string spaced(written);
  std::replace(spaced.begin(), spaced.end(), '\'', ' ');
  std::replace(spaced.begin(), spaced.end(), '-', ' ');
  Phrase phrase;
  std::string_view rest = spaced;
  while (!rest.empty()) {
    const std::size_t space = rest.find(' ');
    const std::string_view one = rest.substr(0, space);
    rest = space == std::string_view::npos ? std::string_view{} : rest.substr(space + 1);
    if (one.empty()) continue;
    if (one == "...")
      phrase.push_back({});
    else if (Piece piece = piece_of(one); !piece.either.empty())
      phrase.push_back(std::move(piece));
  }
  return phrase;
}

std::optional<Found> find(const Phrase& phrase, const Words& words, std::size_t from) {
  if (phrase.empty() || phrase.front().either.empty()) return std::nullopt;
  for (std::size_t i = from; i < words.size(); ++i) {
    if (!stands(phrase.front(), words[i].text)) continue;
    if (auto last = match(phrase, 1, words, i + 1, words[i].sentence)) return Found{i, *last};
  }
  return std::nullopt;
}

std::string text_of(const Words& words, const Found& found) {
  std::string text;
  for (std::size_t i = found.first; i <= found.last; ++i) text += (text.empty() ? "" : " ") + words[i].text;
  return text;
}

bool add_saying(Scores& scores, std::string_view says, double weight) {
  if (says == "complaint")
    scores[act_complaint] += weight;
  else if (says == "person")
    scores[writer_other] += weight;
  else if (const auto queue = letter::parse_queue(says))
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
    rules.rules.push_back(std::move(rule));
  }
  read_lists(*tree, rules, bad);
  if (!bad.empty()) return bad_phrase(bad);
  return rules;
}

}  // namespace classify
