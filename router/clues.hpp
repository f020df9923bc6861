// By what a later letter of the same matter is recognised: keys in clear, which live in memory only, and
// clues, their keyed hashes, which the register keeps. docs/decisions/0016-follow-ups.md tells the scheme.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "letter/sorted.hpp"

namespace router {

struct FollowRules {
  std::string key;   // of the hashes (vault/index_key.hpp)
  bool nir = false;  // the NIR counts as a key: off, since it may not serve to tell people apart (CNIL)
};

// The keys of a letter in one spelling. Kinds: "reference", "member", "contract", "file", "name_birth"
// (value "ANAIS LEFEVRE|1957-03-02"), "name_address" ("ANAIS LEFEVRE|69007|12 RUE DES LILAS"), and "nir"
// where the rules allow it.
std::vector<letter::FollowUpKey> keys_of(const letter::SortedLetter& sorted, const FollowRules& rules);

// What the register notes of these keys: one clue an exact value, and clues under which a value with one
// misreading is found again. Never for "reference": that names its case itself.
std::vector<std::string> clues(const std::vector<letter::FollowUpKey>& keys, const FollowRules& rules);

// Both of one letter: what it is followed by, and what is noted of it.
struct Traces {
  std::vector<letter::FollowUpKey> keys;
  std::vector<std::string> clues;
};
Traces traces_of(const letter::SortedLetter& sorted, const FollowRules& rules);

// Tells under which key and which scheme clues were made: another one, and all must be noted anew.
std::string clue_mark(const FollowRules& rules);

// What two letters have in common.
struct Kinship {
  std::set<std::string> exact;  // kinds of keys that are equal
  std::set<std::string> near;   // kinds that are equal but for a misreading
  bool other_birth = false;     // both dates of birth are known and differ: two people
  bool other_name = false;      // both names are known and have no word in common
  bool is_sure() const;         // two exact keys, of what may be one person
  bool is_likely() const;       // worth asking a desk
  std::string because() const;  // "contract+member", "name_birth~"
};
Kinship kinship(const std::vector<letter::FollowUpKey>& mine, const std::vector<letter::FollowUpKey>& theirs);
// What is known when both are of one case.
Kinship together(Kinship one, const Kinship& other);

}  // namespace router
