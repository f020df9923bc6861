#include "router/clues.hpp"

#include <algorithm>
#include <array>

#include "router/likeness.hpp"
#include "vault/index_key.hpp"

namespace router {

using letter::FollowUpKey;
using Keys = std::vector<FollowUpKey>;

namespace {

constexpr const char* scheme = "clues 1";
constexpr std::size_t least_number = 6;   // shorter numbers are too often one misreading apart by chance
constexpr double one_misread = 1.0;       // reading_distance of one character
constexpr std::size_t birth_digits = 10;  // "1957-03-02"
constexpr std::array<const char*, 3> numbers{"member", "contract", "file"};

bool is_number(const std::string& kind) { return std::ranges::find(numbers, kind) != numbers.end(); }

std::vector<std::string> parts(const std::string& value) {
  std::vector<std::string> all(1);
  for (const char c : value)
    if (c == '|')
      all.emplace_back();
    else
      all.back().push_back(c);
  all.resize(3);
  return all;
}

// "LEFEVRE ANAIS 1957-03-02" as classify wrote it.
std::string birth_value(const std::string& value) {
  if (value.size() < birth_digits + 2) return "";
  const std::string name = person(value.substr(0, value.size() - birth_digits));
  return name.empty() ? "" : name + "|" + value.substr(value.size() - birth_digits);
}

std::string address_value(const std::string& value) {
  const auto part = parts(value);
  const std::string name = person(part[0]);
  return name.empty() || part[1].empty() ? "" : name + "|" + part[1] + "|" + part[2];
}

std::string digits_of(const letter::ReadLetter& read, std::string_view field_id) {
  const letter::Field* field = letter::find(read, field_id);
  if (field == nullptr || field->verdict == letter::Verdict::unread) return "";
  std::string out;
  for (const char c : letter::folded(field->text.reveal()))
    if ((c >= '0' && c <= '9') || c == 'A' || c == 'B') out.push_back(c);
  return out;
}

// The value, and the value without its character at each place: two that differ in one character, or of which
// one has lost a character, share one of these.
std::vector<std::string> with_one_lost(const std::string& value) {
  std::set<std::string> all{value};
  for (std::size_t i = 0; i < value.size(); ++i) all.insert(value.substr(0, i) + value.substr(i + 1));
  return {all.begin(), all.end()};
}

std::vector<std::string> near_texts(const FollowUpKey& key) {
  const std::string& value = key.value.reveal();
  std::vector<std::string> texts;
  if (is_number(key.kind) && value.size() >= least_number)
    for (const std::string& lost : with_one_lost(value)) texts.push_back("lost " + key.kind + "=" + lost);
  if (!key.kind.starts_with("name_")) return texts;
  const auto part = parts(value);
  texts.push_back("bones=" + skeleton(part[0]));
  texts.push_back((key.kind == "name_birth" ? "birth=" : "place=") + part[1]);
  if (key.kind == "name_address") texts.back() += "|" + skeleton(part[0]).substr(0, 2);
  return texts;
}

bool near_person(const std::string& one, const std::string& other) {
  if (nearly_same(one, other)) return true;
  const auto turn = one.find(' ');  // a misread first letter puts the words in another order
  return turn != std::string::npos && nearly_same(one.substr(turn + 1) + " " + one.substr(0, turn), other);
}

bool near_number(const std::string& one, const std::string& other) {
  return std::min(one.size(), other.size()) >= least_number && reading_distance(one, other) <= one_misread;
}

bool near_key(const FollowUpKey& mine, const FollowUpKey& theirs) {
  const auto one = parts(mine.value.reveal()), other = parts(theirs.value.reveal());
  if (!near_person(one[0], other[0])) return false;
  const double apart = reading_distance(one[1], other[1]);
  if (mine.kind == "name_birth") return apart == 0 || (apart <= one_misread && nearly_same(one[0], other[0]));
  return apart == 0 ? one[0] == other[0] || nearly_same(one[2], other[2])
                    : apart <= one_misread && nearly_same(one[2], other[2]);
}

struct People {
  std::set<std::string> names, births;
};

People people_of(const Keys& keys) {
  People people;
  for (const FollowUpKey& key : keys) {
    if (!key.kind.starts_with("name_")) continue;
    const auto part = parts(key.value.reveal());
    people.names.insert(part[0]);
    if (key.kind == "name_birth") people.births.insert(part[1]);
  }
  return people;
}

template <class Same>
bool any_pair(const std::set<std::string>& ones, const std::set<std::string>& others, Same same) {
  return std::ranges::any_of(ones, [&](const std::string& one) {
    return std::ranges::any_of(others, [&](const std::string& other) { return same(one, other); });
  });
}

bool share_a_word(const std::string& one, const std::string& other) {
  const auto ones = name_words(one), others = name_words(other);
  return std::ranges::any_of(ones, [&](const std::string& word) {
    return word.size() > 2 &&
           std::ranges::any_of(others, [&](const std::string& w) { return nearly_same(word, w); });
  });
}

}  // namespace

Keys keys_of(const letter::SortedLetter& sorted, const FollowRules& rules) {
  Keys keys;
  const auto add = [&keys](const std::string& kind, const std::string& value) {
    FollowUpKey key{kind, letter::PersonalText(value)};
    if (!value.empty() && std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
  };
  for (const FollowUpKey& key : sorted.keys) {
    const std::string& value = key.value.reveal();
    if (key.kind == "name_birth") {
      add(key.kind, birth_value(value));
    } else if (key.kind == "name_address") {
      add(key.kind, address_value(value));
    } else if (key.kind != "nir") {
      add(key.kind, value);
    }
  }
  constexpr std::size_t nir_digits = 13;
  if (const std::string nir = digits_of(sorted.read, "NIR"); rules.nir && nir.size() >= nir_digits)
    add("nir", nir.substr(0, nir_digits));
  return keys;
}

std::vector<std::string> clues(const Keys& keys, const FollowRules& rules) {
  std::set<std::string> all;
  for (const FollowUpKey& key : keys) {
    if (key.kind == "reference") continue;
    all.insert(vault::keyed_hash(key.kind + "=" + key.value.reveal(), rules.key));
    for (const std::string& text : near_texts(key)) all.insert(vault::keyed_hash(text, rules.key));
  }
  return {all.begin(), all.end()};
}

Traces traces_of(const letter::SortedLetter& sorted, const FollowRules& rules) {
  Keys keys = keys_of(sorted, rules);
  auto noted = clues(keys, rules);
  return {std::move(keys), std::move(noted)};
}

std::string clue_mark(const FollowRules& rules) {
  return vault::keyed_hash(std::string(scheme) + (rules.nir ? " nir" : ""), rules.key);
}

bool Kinship::is_sure() const { return exact.size() >= 2 && !other_birth; }

bool Kinship::is_likely() const {
  if (exact.size() >= 2) return true;
  // All who work for one company have its contract.
  if (exact.size() == 1) return !(exact.contains("contract") && (other_birth || other_name));
  // Numbers are given out in sequence: one figure apart is a misreading or the next person, and the names
  // tell.
  const bool by_number =
      std::ranges::none_of(near, [](const auto& kind) { return kind.starts_with("name_"); });
  return !near.empty() && !other_birth && !(by_number && other_name);
}

std::string Kinship::because() const {
  std::string all;
  for (const std::string& kind : exact) all += (all.empty() ? "" : "+") + kind;
  for (const std::string& kind : near)
    if (!exact.contains(kind)) all += (all.empty() ? "" : "+") + kind + "~";
  return all;
}

Kinship kinship(const Keys& mine, const Keys& theirs) {
  const People we = people_of(mine), they = people_of(theirs);
  Kinship kin;
  const auto near_birth = [](const std::string& a, const std::string& b) {
    return reading_distance(a, b) <= one_misread;
  };
  kin.other_birth =
      !we.births.empty() && !they.births.empty() && !any_pair(we.births, they.births, near_birth);
  kin.other_name = !we.names.empty() && !they.names.empty() && !any_pair(we.names, they.names, share_a_word);
  const bool near_name = any_pair(we.names, they.names, near_person);
  for (const FollowUpKey& one : mine)
    for (const FollowUpKey& other : theirs) {
      if (one.kind != other.kind || one.kind == "reference") continue;
      if (one.value == other.value)
        kin.exact.insert(one.kind);
      else if (is_number(one.kind) && near_name && near_number(one.value.reveal(), other.value.reveal()))
        kin.near.insert(one.kind);
      else if (one.kind.starts_with("name_") && near_key(one, other))
        kin.near.insert(one.kind);
    }
  return kin;
}

Kinship together(Kinship one, const Kinship& other) {
  one.exact.insert(other.exact.begin(), other.exact.end());
  one.near.insert(other.near.begin(), other.near.end());
  const bool same_birth = one.exact.contains("name_birth") || one.near.contains("name_birth");
  one.other_birth = (one.other_birth || other.other_birth) && !same_birth;
  one.other_name = one.other_name && other.other_name;
  return one;
}

}  // namespace router
