#include "router/follow_up.hpp"

#include <algorithm>

namespace router {

using letter::CaseRef;
using letter::FollowUpKey;
using letter::SortedLetter;

namespace {

constexpr std::size_t letters_a_clue = 64;  // the latest; beyond, a clue says too little
constexpr std::size_t most_proposals = 3;
constexpr int longest_chain = 64;  // of mergers

struct Candidate {
  Case value;
  Kinship kin;
};

// Surer first; then of the same queue; then what has the earlier clock, then the older.
bool is_better(const Candidate& one, const Candidate& other, letter::Queue queue) {
  const auto rank = [queue](const Candidate& c) {
    return std::tuple{!c.kin.is_sure(), -static_cast<int>(2 * c.kin.exact.size() + c.kin.near.size()),
                      c.value.queue != queue, c.value.sent_on.date, c.value.ref};
  };
  return rank(one) < rank(other);
}

Kinship kinship_with_case(const std::vector<FollowUpKey>& keys, const CaseRef& ref, Transaction& transaction,
                          const FollowRules& rules) {
  std::optional<Kinship> kin;
  for (const SortedLetter& other : transaction.letters(ref)) {
    const Kinship one = kinship(keys, keys_of(other, rules));
    kin = kin ? together(*kin, one) : one;
  }
  return kin.value_or(Kinship{});
}

std::vector<Candidate> candidates(const Traces& traces, letter::Queue queue, Transaction& transaction,
                                  const FollowRules& rules) {
  std::vector<Candidate> found;
  for (const CaseRef& ref : transaction.cases_with(traces.clues, letters_a_clue)) {
    auto value = transaction.load(ref);
    ENSURE(value.has_value());
    found.push_back({std::move(*value), kinship_with_case(traces.keys, ref, transaction, rules)});
  }
  std::ranges::sort(found,
                    [queue](const Candidate& a, const Candidate& b) { return is_better(a, b, queue); });
  return found;
}

// A contract that many open cases bear is a company's: alone it says of none of them that it is this one.
bool by_contract_alone(const Candidate& one) {
  return one.kin.near.empty() && one.kin.exact == std::set<std::string>{"contract"};
}
bool is_a_company_s(const std::vector<Candidate>& found) {
  return static_cast<std::size_t>(std::ranges::count_if(found, [](const Candidate& one) {
           return is_open(one.value.state) && by_contract_alone(one);
         })) > most_proposals;
}

// By what is written on the letter or was said with it: the cases named, in that order.
void follow_references(const std::vector<FollowUpKey>& keys, Transaction& transaction, FollowUp& found) {
  for (const FollowUpKey& key : keys) {
    if (key.kind != "reference") continue;
    const auto ref = letter::parse_case_ref(key.value.reveal());
    const auto named = ref ? transaction.load(*ref) : std::nullopt;
    if (!named) continue;  // one number in a hundred carries a right key by chance
    const auto open = open_case_behind(*ref, transaction);
    if (!open) {
      found.ended.push_back(*ref);
      found.named_in_vain = true;
    } else if (!found.joins) {
      found.joins = open;
      found.because = key.kind;
    } else if (open->ref != found.joins->ref) {
      found.proposals.push_back({found.joins->ref, open->ref, key.kind});
    }
  }
  if (found.joins) found.named_in_vain = false;
}

}  // namespace

std::optional<Case> open_case_behind(const CaseRef& ref, Transaction& transaction) {
  auto found = transaction.load(ref);
  for (int i = 0; i < longest_chain && found && found->state == letter::State::merged; ++i) {
    const auto next = letter::parse_case_ref(found->merged_into);
    found = next ? transaction.load(*next) : std::nullopt;
  }
  return found && is_open(found->state) ? found : std::nullopt;
}

FollowUp follow_up(const SortedLetter& sorted, const Traces& traces, Transaction& transaction,
                   const FollowRules& rules) {
  FollowUp found;
  if (const std::string& joins = sorted.read.letter.joins; !joins.empty()) {
    const auto ref = letter::parse_case_ref(joins);
    if (ref) found.joins = open_case_behind(*ref, transaction);
    found.because = "joins";
    found.named_in_vain = !found.joins;
    if (found.joins) return found;
  }
  if (sorted.read.letter.sealed) return found;
  follow_references(traces.keys, transaction, found);
  if (found.joins) {
    found.other_person = kinship_with_case(traces.keys, found.joins->ref, transaction, rules).other_birth;
    return found;
  }
  const auto all = candidates(traces, sorted.queue, transaction, rules);
  const bool in_a_crowd = is_a_company_s(all);
  for (const Candidate& one : all) {
    if (in_a_crowd && by_contract_alone(one)) continue;
    if (!is_open(one.value.state)) {
      if (one.kin.is_sure()) found.ended.push_back(one.value.ref);
    } else if (one.kin.is_sure() && !found.joins) {
      found.joins = one.value;
      found.because = one.kin.because();
    } else if (!found.joins && one.kin.is_likely() && found.proposals.size() < most_proposals) {
      found.proposals.push_back({{}, one.value.ref, one.kin.because()});
    }
  }
  return found;
}

bool note_all_anew(Transaction& transaction, const FollowRules& rules) {
  const std::string mark = clue_mark(rules);
  if (transaction.clue_mark() == mark) return false;
  transaction.for_each_letter([&](const SortedLetter& sorted) {
    transaction.note_clues(sorted.read.letter.id, traces_of(sorted, rules).clues);
  });
  transaction.set_clue_mark(mark);
  return true;
}

}  // namespace router
