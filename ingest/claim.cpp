#include "ingest/claim.hpp"

#include <algorithm>

#include "ingest/claim_text.hpp"
#include "letter/tree.hpp"

namespace ingest {
namespace {

using letter::Tree;

constexpr std::uint32_t last_number = 9'999'999;

}  // namespace

bool is_settled(const Claim& claim) {
  if (!claim.is_cut) return !claim.refusals.empty();
  return std::ranges::all_of(claim.letters, [&](std::uint32_t letter) {
    return claim.receipts.contains(letter) || claim.refusals.contains(letter);
  });
}

ClaimJournal::ClaimJournal(const std::filesystem::path& dir, std::shared_ptr<vault::Disk> disk)
    : log_(dir, "journal", std::move(disk)) {
  const std::vector<vault::Record> records = log_.recovered().records;
  torn_ = log_.recovered().torn_records;
  for (const vault::Record& record : records) replay(record);
  log_.begin(records);
}

void ClaimJournal::replay(const vault::Record& record) {
  const auto entry = read_entry(record);
  if (!entry) throw letter::BrokenWorld("the station's journal holds a record that is no JSON");
  const std::uint32_t number = entry->claim;
  last_ = std::max({last_, number, entry->letter});
  if (record.type == record_of_claim) {
    unfinished_[number] = read_claim(entry->tree);
    claim_of_[number] = number;
  }
  if (record.type == record_of_close) {
    std::erase_if(claim_of_, [&](const auto& known) { return known.second == number; });
    unfinished_.erase(number);
  }
  const auto place = unfinished_.find(number);
  if (place == unfinished_.end()) return;
  note_record(*entry, place->second);
  for (const std::uint32_t of_it : place->second.letters) {
    claim_of_[of_it] = number;
    last_ = std::max(last_, of_it);
  }
}

std::uint32_t ClaimJournal::next_number() {
  if (last_ >= last_number) throw letter::BrokenWorld("this station has used up its claim numbers");
  return ++last_;
}

Claim& ClaimJournal::open(Claim claim) {
  claim.number = next_number();
  log_.append({record_of_claim, claim_json(claim)});
  claim_of_[claim.number] = claim.number;
  return unfinished_[claim.number] = std::move(claim);
}

void ClaimJournal::cut(Claim& claim, Stack stack, bool is_whole) {
  ENSURE(!claim.is_cut);
  claim.letters.clear();
  for (std::size_t i = 0; i < stack.letters.size(); ++i)
    claim.letters.push_back(i == 0 ? claim.number : next_number());
  claim.stack = std::move(stack);
  claim.is_whole = is_whole;
  claim.is_cut = true;
  log_.append({record_of_cut, cut_json(claim)});
  for (const std::uint32_t number : claim.letters) claim_of_[number] = claim.number;
}

void ClaimJournal::sent(std::uint32_t letter) {
  const Claim* claim = claim_of(letter);
  ENSURE(claim != nullptr);
  Tree tree = Tree::object();
  tree.set("claim", claim->number).set("letter", letter);
  log_.note({record_of_sent, letter::dump_json(tree)});
}

void ClaimJournal::received(Claim& claim, const letter::Receipt& receipt) {
  Tree tree = Tree::object();
  tree.set("claim", claim.number).set("letter", receipt.id.number).set("station", receipt.id.station);
  tree.set("received_at", letter::iso(receipt.received_at)).set("same_scan_as", receipt.same_scan_as);
  log_.append({record_of_receipt, letter::dump_json(tree)});
  claim.receipts[receipt.id.number] = receipt;
}

void ClaimJournal::refused(Claim& claim, std::uint32_t letter, const letter::Reason& reason) {
  Tree tree = Tree::object();
  tree.set("claim", claim.number).set("letter", letter).set("code", reason.code);
  tree.set("fr", reason.fr).set("en", reason.en);
  log_.append({record_of_refusal, letter::dump_json(tree)});
  claim.refusals[letter] = reason;
}

void ClaimJournal::close(std::uint32_t claim, Outcome outcome) {
  Tree tree = Tree::object();
  tree.set("claim", claim).set("outcome", id(outcome));
  log_.append({record_of_close, letter::dump_json(tree)});
  std::erase_if(claim_of_, [&](const auto& entry) { return entry.second == claim; });
  unfinished_.erase(claim);
}

Claim* ClaimJournal::claim_of(std::uint32_t letter) {
  const auto place = claim_of_.find(letter);
  return place == claim_of_.end() ? nullptr : &unfinished_.at(place->second);
}

}  // namespace ingest
