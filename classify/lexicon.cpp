#include "classify/lexicon.hpp"

#include <algorithm>
#include <bit>

#include "letter/tree.hpp"

namespace classify {
namespace {

constexpr std::size_t close_words = 5;  // how far apart the two concepts of a pair may stand
constexpr float concept_strength = 1.0F, near_strength = 0.6F, phrase_strength = 0.8F;
constexpr float tone_strength = 0.6F, hinge_strength = 0.4F;

// A phrase's pieces as one text: the same phrase in two rules is one thing to learn.
std::string key_of(const Phrase& phrase) {
  std::string key;
  for (const Piece& piece : phrase) {
    key += ' ';
    for (std::size_t i = 0; i < piece.either.size(); ++i)
      key += (i == 0 ? "" : "|") + piece.either[i] + (piece.prefix[i] ? "*" : "");
  }
  return key;
}

void add_phrases(const std::vector<Phrase>& phrases, const std::string& said_by, Lexicon& lexicon) {
  for (const Phrase& phrase : phrases) {
    lexicon.entries.push_back({Lexicon::no_concept, said_by + key_of(phrase)});
    lexicon.book.add(phrase);
  }
}

// The longest word of a find stands for it.
std::uint32_t spokesman(const Words& words, const Found& found) {
  std::size_t best = found.first;
  for (std::size_t i = found.first; i <= found.last; ++i) {
    if (words[i].text.size() > words[best].text.size()) best = i;
  }
  return static_cast<std::uint32_t>(best);
}

struct Occurrence {
  const std::string* name;
  std::size_t first, last;
  std::uint32_t word, sentence, clause;
};

// Concepts and marks of the letter, in order.
std::vector<Occurrence> occurrences_of(const Words& words, const Lexicon& lexicon,
                                       std::vector<Feature>& out) {
  static const std::string asked = "?", exclaimed = "!";
  std::vector<Occurrence> all;
  std::size_t next_mark = 0;
  const auto marks_before = [&](std::size_t word) {
    for (; next_mark < word && next_mark < words.size(); ++next_mark) {
      const char mark = words[next_mark].mark;
      if (mark == 0) continue;
      const auto at = static_cast<std::uint32_t>(next_mark);
      all.push_back({mark == '?' ? &asked : &exclaimed, next_mark, next_mark, at, words[next_mark].sentence,
                     words[next_mark].clause});
    }
  };
  for (const PhraseBook::Hit& hit : lexicon.book.hits(words)) {
    marks_before(hit.where.first);
    const Lexicon::Entry& entry = lexicon.entries[hit.phrase];
    const std::uint32_t word = spokesman(words, hit.where);
    if (entry.concept_number == Lexicon::no_concept) {
      out.push_back({bucket_of('f', entry.name), phrase_strength, word, word, Family::meaning});
      continue;
    }
    const bool again = !all.empty() && all.back().name == &lexicon.concepts[entry.concept_number] &&
                       all.back().last >= hit.where.first;
    if (again) continue;
    all.push_back({&lexicon.concepts[entry.concept_number], hit.where.first, hit.where.last, word,
                   words[hit.where.first].sentence, words[hit.where.first].clause});
  }
  marks_before(words.size());
  return all;
}

void add_pairs(const std::vector<Occurrence>& all, std::vector<Feature>& out) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size() && all[j].first <= all[i].last + close_words; ++j) {
      if (all[j].sentence != all[i].sentence) break;
      if (all[j].name == all[i].name) continue;
      out.push_back({bucket_of('n', *all[i].name + ">" + *all[j].name), near_strength, all[i].word,
                     all[j].word, Family::meaning});
    }
  }
}

// A concept beside others of its clause sounds fine ("my mutuelle pays well, but...") or upset.
void add_tones(const std::vector<Occurrence>& all, const Lexicon& lexicon, std::vector<Feature>& out) {
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin;
    bool fine = false, upset = false;
    for (; end < all.size() && all[end].clause == all[begin].clause; ++end) {
      fine = fine || lexicon.fine.contains(*all[end].name);
      upset = upset || lexicon.upset.contains(*all[end].name);
    }
    for (; begin < end; ++begin) {
      if (!fine && !upset) continue;
      const std::uint32_t word = all[begin].word;
      out.push_back({bucket_of('t', (fine ? "fine " : "upset ") + *all[begin].name), tone_strength, word,
                     word, Family::meaning});
    }
  }
}

// Hinges turn the meaning of every other concept, wherever it stands: a rent, and somebody has died.
void add_hinges(const std::vector<Occurrence>& all, const Lexicon& lexicon, std::vector<Feature>& out) {
  for (const Occurrence& one : all) {
    if (!lexicon.hinges.contains(*one.name)) continue;
    for (const Occurrence& other : all) {
      if (*other.name == *one.name) continue;
      out.push_back({bucket_of('h', *one.name + "&" + *other.name), hinge_strength, one.word, other.word,
                     Family::meaning});
    }
  }
}

// A list of names of concepts in concepts.toml.
letter::Result<std::set<std::string>> names_of(const letter::Tree& tree, const std::string& list,
                                               const Lexicon& lexicon) {
  std::set<std::string> names;
  for (const letter::Tree& one : value(value(tree, "turns"), list).items()) {
    const std::string name = one.text_or("");
    if (std::find(lexicon.concepts.begin(), lexicon.concepts.end(), name) == lexicon.concepts.end())
      return letter::fault("concepts.name", "« " + name + " » n'est pas un concept.",
                           "\"" + name + "\" is no concept.");
    names.insert(name);
  }
  return names;
}

}  // namespace

letter::Result<Lexicon> parse_concepts(std::string_view toml, const Rules& rules) {
  const auto tree = letter::parse_toml(toml, "concepts.toml");
  if (!tree) return tl::unexpected<letter::Reason>(tree.error());
  Lexicon lexicon;
  for (const auto& [name, phrases] : value(*tree, "concepts").fields()) {
    const auto number = static_cast<std::uint32_t>(lexicon.concepts.size());
    lexicon.concepts.push_back(name);
    for (const letter::Tree& one : phrases.items()) {
      Phrase phrase = phrase_of(one.text_or(""));
      if (phrase.empty() || phrase.front().either.empty() || phrase.back().either.empty()) {
        return letter::fault("concepts.phrase", "Phrase mal écrite sous le concept « " + name + " ».",
                             "Badly written phrase under the concept \"" + name + "\".");
      }
      lexicon.entries.push_back({number, name});
      lexicon.book.add(std::move(phrase));
    }
  }
  for (const auto& [list, names] : {std::pair{"fine", &lexicon.fine}, std::pair{"upset", &lexicon.upset},
                                    std::pair{"hinges", &lexicon.hinges}}) {
    auto read = names_of(*tree, list, lexicon);
    if (!read) return tl::unexpected<letter::Reason>(read.error());
    *names = std::move(*read);
  }
  for (const Rule& rule : rules.rules) add_phrases(rule.phrases, rule.says, lexicon);
  add_phrases(rules.discontent, "discontent", lexicon);
  add_phrases(rules.referral, "referral", lexicon);
  add_phrases(rules.threat, "threat", lexicon);
  return lexicon;
}

std::vector<Feature> meaning_features(const Words& words, const Lexicon& lexicon, const Rules& rules) {
  std::vector<Feature> out;
  if (words.empty()) return out;
  const std::vector<Occurrence> all = occurrences_of(words, lexicon, out);
  for (const Occurrence& one : all)
    out.push_back({bucket_of('c', *one.name), concept_strength, one.word, one.word, Family::meaning});
  add_pairs(all, out);
  add_tones(all, lexicon, out);
  add_hinges(all, lexicon, out);
  const auto of_all = [&](const std::string& what) {
    out.push_back({bucket_of('l', what), concept_strength, 0, 0, Family::meaning});
  };
  of_all("length " + std::to_string(std::bit_width(words.size() / 4)));
  of_all("mediation " + std::to_string(static_cast<int>(mediation_view(words, rules).referral)));
  return out;
}

}  // namespace classify
