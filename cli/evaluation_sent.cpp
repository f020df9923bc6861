#include "cli/evaluation_sent.hpp"

#include <algorithm>

#include "cli/table.hpp"
#include "router/sent_date.hpp"

namespace cli {

using letter::SentBasis;
using letter::Tree;

namespace {

constexpr std::array<SentBasis, 3> printed{SentBasis::lrar_deposit, SentBasis::postmark, SentBasis::franking};

// Of that kind, the one read most surely.
const letter::SeenDate* seen(const letter::ReadLetter& read, SentBasis basis) {
  const letter::SeenDate* best = nullptr;
  for (const letter::SeenDate& one : read.seen_dates)
    if (one.basis == basis && (!best || one.confidence > best->confidence)) best = &one;
  return best;
}

void count_proof(ProofTally& tally, const letter::Day* truth, const letter::SeenDate* found) {
  const bool sure = found && found->confidence >= router::sure_enough;
  if (!truth) {
    tally.invented += found != nullptr, tally.invented_sure += sure;
    return;
  }
  ++tally.there;
  if (!found) return;
  const bool right = found->date == *truth;
  tally.right += right, tally.wrong += !right;
  tally.sure += sure, tally.sure_wrong += sure && !right;
}

std::optional<letter::Day> sent_in_truth(const Truth& truth) {
  if (truth.envelope && !truth.envelope->empty()) return truth.envelope->begin()->second;
  return truth.letter_date ? letter::parse_day(*truth.letter_date) : std::nullopt;
}

}  // namespace

void count(SentTally& tally, const Truth& truth, const letter::ReadLetter& read) {
  if (truth.envelope)
    for (const SentBasis basis : printed) {
      const auto told = truth.envelope->find(basis);
      count_proof(tally.proofs[basis], told == truth.envelope->end() ? nullptr : &told->second,
                  seen(read, basis));
    }
  const auto sent = sent_in_truth(truth);
  if (!sent || !read.letter.arrived_on.ok() || *sent > read.letter.arrived_on) return;
  const letter::SentOn kept = router::sent_on(read, {});
  ++tally.letters;
  tally.right += kept.date == *sent, tally.flagged += kept.conflict;
  tally.late += kept.date > *sent, tally.late_unflagged += kept.date > *sent && !kept.conflict;
}

std::string text_of(const SentTally& tally, const Front& front) {
  if (tally.letters == 0 && tally.proofs.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  const auto text = [](std::size_t n) { return std::to_string(n); };
  for (const auto& [basis, one] : tally.proofs)
    rows.push_back({front.tell(std::string(letter::french(basis)), std::string(letter::id(basis))),
                    text(one.there), text(one.right), text(one.wrong), text(one.sure), text(one.sure_wrong),
                    text(one.invented), text(one.invented_sure)});
  const std::string proofs = rows.empty()
                                 ? ""
                                 : table({{front.tell("Sur l'enveloppe", "On the envelope")},
                                          {"n", Side::right},
                                          {front.tell("justes", "right"), Side::right},
                                          {front.tell("faux", "wrong"), Side::right},
                                          {front.tell("décident", "decide"), Side::right},
                                          {front.tell("dont faux", "of them wrong"), Side::right},
                                          {front.tell("en trop", "not there"), Side::right},
                                          {front.tell("dont décident", "of them decide"), Side::right}},
                                         rows);
  return "\n" + proofs + front.tell("  date d'envoi juste : ", "  right sending date: ") + text(tally.right) +
         "/" + text(tally.letters) + front.tell(", signalées ", ", flagged ") + text(tally.flagged) +
         front.tell(", trop tard ", ", too late ") + text(tally.late) +
         front.tell(" dont sans signal ", ", of them unflagged ") + text(tally.late_unflagged) + "\n";
}

Tree tree_of(const SentTally& tally) {
  auto proofs = Tree::object();
  for (const auto& [basis, one] : tally.proofs) {
    auto tree = Tree::object();
    tree.set("n", std::uint64_t{one.there}).set("right", std::uint64_t{one.right});
    tree.set("wrong", std::uint64_t{one.wrong}).set("sure", std::uint64_t{one.sure});
    tree.set("sure_wrong", std::uint64_t{one.sure_wrong}).set("invented", std::uint64_t{one.invented});
    tree.set("invented_sure", std::uint64_t{one.invented_sure});
    proofs.set(std::string(letter::id(basis)), std::move(tree));
  }
  auto tree = Tree::object();
  tree.set("proofs", std::move(proofs)).set("letters", std::uint64_t{tally.letters});
  tree.set("right", std::uint64_t{tally.right}).set("flagged", std::uint64_t{tally.flagged});
  tree.set("late", std::uint64_t{tally.late}).set("late_unflagged", std::uint64_t{tally.late_unflagged});
  return tree;
}

}  // namespace cli
