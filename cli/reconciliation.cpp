#include "cli/reconciliation.hpp"

#include <algorithm>
#include <optional>

namespace cli {
namespace {

using ingest::Claim;
using ingest::ManifestEntry;
using ingest::Outcome;
using letter::LetterId;

struct Index {
  explicit Index(const Books& books) {
    for (const auto& line : books.spool) spool[line.letter.id] = &line;
    for (const auto& line : books.roll) roll[line.id] = &line;
  }
  const ingest::SpoolLine* in_spool(const LetterId& id) const { return found(spool, id); }
  const router::RollLine* in_register(const LetterId& id) const { return found(roll, id); }

 private:
  template <class Line>
  static const Line* found(const std::map<LetterId, const Line*>& lines, const LetterId& id) {
    const auto place = lines.find(id);
    return place == lines.end() ? nullptr : place->second;
  }
  std::map<LetterId, const ingest::SpoolLine*> spool;
  std::map<LetterId, const router::RollLine*> roll;
};

// The days of one station's claims.
class StationCount {
 public:
  StationCount(const Books& books, const Index& index, std::string station, Reconciliation& into)
      : books_(books), index_(index), station_(std::move(station)), into_(into) {}

  void count(const ManifestEntry& entry) {
    const Claim& claim = entry.claim;
    if (entry.outcome == Outcome::abandoned) return;  // given back: it comes under another number
    Balance& balance = into_.days[{station_, day_of(claim)}];
    if (!claim.is_cut) return count_uncut(entry, balance);
    for (const auto& sheet : claim.stack.separators) {
      ++balance.claimed.pages, ++balance.separator.pages;
      if (sheet.expected != 0 && sheet.expected != sheet.found)
        into_.remarks.push_back({"reconcile.batch", text(claim.number) + ": " + std::to_string(sheet.found) +
                                                        "/" + std::to_string(sheet.expected)});
    }
    for (std::size_t i = 0; i < claim.letters.size(); ++i) {
      const std::uint64_t pages = claim.stack.letters[i].pages;
      balance.claimed.add(pages);
      place_of(entry, claim.letters[i], pages, balance).add(pages);
    }
  }

 private:
  std::string text(std::uint32_t number) const { return letter::text(LetterId{station_, number}); }
  Count& unexplained(const std::string& code, std::uint32_t number, Balance& balance) {
    into_.unexplained.push_back({code, text(number)});
    return balance.unexplained;
  }

  static std::string day_of(const Claim& claim) {
    if (claim.claimed_on.ok()) return letter::iso(claim.claimed_on);
    if (claim.receipts.empty()) return "";
    return letter::iso(letter::paris_day(claim.receipts.begin()->second.received_at));
  }

  void count_uncut(const ManifestEntry& entry, Balance& balance) {
    balance.claimed.add(0);
    if (!entry.claim.refusals.empty() || entry.outcome == Outcome::failed)
      balance.failed.add(0);
    else if (!entry.outcome)
      balance.in_flight.add(0);
    else
      unexplained("reconcile.closed_uncut", entry.claim.number, balance).add(0);
  }

  Count& place_of(const ManifestEntry& entry, std::uint32_t number, std::uint64_t pages, Balance& balance) {
    const Claim& claim = entry.claim;
    const LetterId id{station_, number};
    if (claim.refusals.contains(number)) return balance.failed;
    const ingest::SpoolLine* spooled = index_.in_spool(id);
    if (spooled == nullptr) {
      if (claim.receipts.contains(number)) return unexplained("reconcile.not_in_spool", number, balance);
      return entry.outcome ? unexplained("reconcile.closed_unsent", number, balance) : balance.in_flight;
    }
    const router::RollLine* filed = index_.in_register(id);
    const bool is_purged = filed != nullptr && filed->purged;
    if (!books_.vault.contains(id) && !is_purged)
      return unexplained("reconcile.not_in_vault", number, balance);
    // Before there were separators the journal did not count pages.
    if (pages != 0 && spooled->letter.pages.size() != pages)
      return unexplained("reconcile.pages", number, balance);
    return past_the_spool(*spooled, number, balance);
  }

  Count& past_the_spool(const ingest::SpoolLine& spooled, std::uint32_t number, Balance& balance) {
    const router::RollLine* filed = index_.in_register(spooled.letter.id);
    if (filed == nullptr)
      return spooled.case_ref ? unexplained("reconcile.not_in_register", number, balance) : balance.in_flight;
    if (filed->pages != spooled.letter.pages.size()) return unexplained("reconcile.pages", number, balance);
    if (filed->purged) return balance.purged;
    if (filed->state == letter::State::withdrawn) return balance.withdrawn;
    return spooled.letter.same_scan_as.empty() ? balance.filed : balance.repeat;
  }

  const Books& books_;
  const Index& index_;
  std::string station_;
  Reconciliation& into_;
};

// "7-9" and "12" of 7, 8, 9, 12.
std::vector<std::string> runs_of(const std::vector<std::uint32_t>& numbers) {
  std::vector<std::string> runs;
  for (std::size_t i = 0, j = 0; i < numbers.size(); i = j) {
    for (j = i + 1; j < numbers.size() && numbers[j] == numbers[j - 1] + 1;) ++j;
    runs.push_back(std::to_string(numbers[i]) + (j - i > 1 ? "-" + std::to_string(numbers[j - 1]) : ""));
  }
  return runs;
}

}  // namespace

Reconciliation reconcile(const Books& books) {
  Reconciliation result;
  const Index index(books);
  std::set<LetterId> claimed;
  std::set<std::string> known_stations;
  for (const ingest::Manifest& manifest : books.stations) {
    known_stations.insert(manifest.station);
    StationCount counter(books, index, manifest.station, result);
    for (const auto& [number, entry] : manifest.claims) {
      counter.count(entry);
      for (const std::uint32_t letter : entry.claim.letters) claimed.insert({manifest.station, letter});
    }
    for (const std::string& run : runs_of(manifest.unused_numbers))
      result.remarks.push_back({"reconcile.gap", manifest.station + " " + run});
  }
  std::set<std::string> absent_stations;
  for (const auto& line : books.spool) {
    const LetterId& id = line.letter.id;
    if (!known_stations.contains(id.station))
      absent_stations.insert(id.station);
    else if (!claimed.contains(id))
      result.unexplained.push_back({"reconcile.not_claimed", letter::text(id)});
  }
  for (const std::string& station : absent_stations)
    result.remarks.push_back({"reconcile.no_journal", station});
  for (const auto& line : books.roll)
    if (index.in_spool(line.id) == nullptr)
      result.unexplained.push_back({"reconcile.filed_unreceived", letter::text(line.id)});
  for (const LetterId& id : books.vault)
    if (index.in_spool(id) == nullptr) result.remarks.push_back({"reconcile.orphan", letter::text(id)});
  return result;
}

}  // namespace cli
