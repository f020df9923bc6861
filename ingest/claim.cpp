#include "ingest/claim.hpp"

#include <algorithm>
#include <cstdio>

#include "letter/tree.hpp"

namespace ingest {
namespace {

using letter::Tree;

// Types of records. Each payload is one JSON object.
constexpr char is_claim = 'C', is_cut = 'P', is_sent = 'S', is_receipt = 'R', is_refusal = 'X',
               is_closed = 'D';
constexpr std::uint32_t last_number = 9'999'999;

// A file name may be any bytes; JSON holds only text.
std::string percent(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    char text[4];
    std::snprintf(text, sizeof text, "%%%02X", byte);
    out += byte < 0x20 || byte > 0x7e || c == '%' ? std::string(text) : std::string(1, c);
  }
  return out;
}

std::string unpercent(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%' || i + 2 >= text.size()) {
      out += text[i];
      continue;
    }
    out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
    i += 2;
  }
  return out;
}

std::uint32_t number_in(const Tree& tree, std::string_view key) {
  return static_cast<std::uint32_t>(letter::value(tree, key).integer_or(0));
}
std::string text_in(const Tree& tree, std::string_view key) { return letter::value(tree, key).text_or(""); }

std::string claim_json(const Claim& claim) {
  Tree tree = Tree::object();
  tree.set("claim", claim.number).set("name", percent(claim.name)).set("extension", claim.extension);
  tree.set("sha256", claim.sha256).set("box", letter::id(claim.box)).set("joins", claim.joins);
  tree.set("arrived_on", claim.arrived_on.ok() ? letter::iso(claim.arrived_on) : "");
  tree.set("pages_per_letter", claim.pages_per_letter).set("copied", claim.copied);
  return letter::dump_json(tree);
}

Claim read_claim(const Tree& tree) {
  Claim claim;
  claim.number = number_in(tree, "claim");
  claim.name = unpercent(text_in(tree, "name"));
  claim.extension = text_in(tree, "extension");
  claim.sha256 = text_in(tree, "sha256");
  claim.box = letter::parse_post_box(text_in(tree, "box")).value_or(letter::PostBox::none);
  claim.joins = text_in(tree, "joins");
  claim.arrived_on = letter::parse_day(text_in(tree, "arrived_on")).value_or(letter::Day{});
  claim.pages_per_letter = number_in(tree, "pages_per_letter");
  claim.copied = letter::value(tree, "copied").flag_or(false);
  return claim;
}

std::string_view id(Outcome outcome) {
  return outcome == Outcome::done ? "done" : outcome == Outcome::failed ? "failed" : "abandoned";
}

}  // namespace

bool is_settled(const Claim& claim) {
  if (claim.letters.empty()) return !claim.refusals.empty();
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
  const auto tree = letter::parse_json(record.payload);
  if (!tree) throw letter::BrokenWorld("the station's journal holds a record that is no JSON");
  const std::uint32_t number = number_in(*tree, "claim");
  const std::uint32_t letter = number_in(*tree, "letter");
  last_ = std::max({last_, number, letter});
  if (record.type == is_claim) {
    unfinished_[number] = read_claim(*tree);
    claim_of_[number] = number;
  }
  if (record.type == is_closed) {
    std::erase_if(claim_of_, [&](const auto& entry) { return entry.second == number; });
    unfinished_.erase(number);
  }
  const auto place = unfinished_.find(number);
  if (place == unfinished_.end()) return;
  if (record.type == is_cut) {
    for (const Tree& item : letter::value(*tree, "letters").items()) {
      place->second.letters.push_back(static_cast<std::uint32_t>(item.integer_or(0)));
      claim_of_[place->second.letters.back()] = number;
      last_ = std::max(last_, place->second.letters.back());
    }
  }
  if (record.type == is_receipt)
    place->second.receipts[letter] = {
        {text_in(*tree, "station"), letter},
        letter::parse_instant(text_in(*tree, "received_at")).value_or(letter::Instant{}),
        text_in(*tree, "same_scan_as")};
  if (record.type == is_refusal)
    place->second.refusals[letter] = {text_in(*tree, "code"), text_in(*tree, "fr"), text_in(*tree, "en")};
}

std::uint32_t ClaimJournal::next_number() {
  if (last_ >= last_number) throw letter::BrokenWorld("this station has used up its claim numbers");
  return ++last_;
}

Claim& ClaimJournal::open(Claim claim) {
  claim.number = next_number();
  log_.append({is_claim, claim_json(claim)});
  claim_of_[claim.number] = claim.number;
  return unfinished_[claim.number] = std::move(claim);
}

void ClaimJournal::cut(Claim& claim, std::uint32_t letters) {
  ENSURE(claim.letters.empty() && letters > 0);
  std::vector<std::uint32_t> numbers{claim.number};
  while (numbers.size() < letters) numbers.push_back(next_number());
  Tree list = Tree::list();
  for (const std::uint32_t number : numbers) list.push(number);
  Tree tree = Tree::object();
  tree.set("claim", claim.number).set("letters", std::move(list));
  log_.append({is_cut, letter::dump_json(tree)});
  for (const std::uint32_t number : numbers) claim_of_[number] = claim.number;
  claim.letters = std::move(numbers);
}

void ClaimJournal::sent(std::uint32_t letter) {
  const Claim* claim = claim_of(letter);
  ENSURE(claim != nullptr);
  Tree tree = Tree::object();
  tree.set("claim", claim->number).set("letter", letter);
  log_.note({is_sent, letter::dump_json(tree)});
}

void ClaimJournal::received(Claim& claim, const letter::Receipt& receipt) {
  Tree tree = Tree::object();
  tree.set("claim", claim.number).set("letter", receipt.id.number).set("station", receipt.id.station);
  tree.set("received_at", letter::iso(receipt.received_at)).set("same_scan_as", receipt.same_scan_as);
  log_.append({is_receipt, letter::dump_json(tree)});
  claim.receipts[receipt.id.number] = receipt;
}

void ClaimJournal::refused(Claim& claim, std::uint32_t letter, const letter::Reason& reason) {
  Tree tree = Tree::object();
  tree.set("claim", claim.number).set("letter", letter).set("code", reason.code);
  tree.set("fr", reason.fr).set("en", reason.en);
  log_.append({is_refusal, letter::dump_json(tree)});
  claim.refusals[letter] = reason;
}

void ClaimJournal::close(std::uint32_t claim, Outcome outcome) {
  Tree tree = Tree::object();
  tree.set("claim", claim).set("outcome", id(outcome));
  log_.append({is_closed, letter::dump_json(tree)});
  std::erase_if(claim_of_, [&](const auto& entry) { return entry.second == claim; });
  unfinished_.erase(claim);
}

Claim* ClaimJournal::claim_of(std::uint32_t letter) {
  const auto place = claim_of_.find(letter);
  return place == claim_of_.end() ? nullptr : &unfinished_.at(place->second);
}

}  // namespace ingest
