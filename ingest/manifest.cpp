#include "ingest/manifest.hpp"

#include <set>

#include "ingest/claim_text.hpp"

namespace ingest {
namespace {

std::vector<std::uint32_t> gaps_in(const std::map<std::uint32_t, ManifestEntry>& claims) {
  std::set<std::uint32_t> given;
  for (const auto& [number, entry] : claims) {
    given.insert(number);
    given.insert(entry.claim.letters.begin(), entry.claim.letters.end());
  }
  std::vector<std::uint32_t> gaps;
  std::uint32_t expected = 1;
  for (const std::uint32_t number : given) {
    for (; expected < number; ++expected) gaps.push_back(expected);
    ++expected;
  }
  return gaps;
}

tl::unexpected<letter::Reason> unreadable() {
  return letter::fault("manifest.unreadable", "Le journal du poste contient une ligne illisible.",
                       "The station's journal holds a record that cannot be read.");
}

}  // namespace

letter::Result<Manifest> read_manifest(const std::filesystem::path& folder, const vault::Disk& disk) {
  return read_manifest(folder.filename().string(), disk.read(folder / "journal").value_or(""));
}

letter::Result<Manifest> read_manifest(const std::string& station, const std::string& journal_bytes) {
  Manifest manifest{station, {}, {}};
  const auto recovered = vault::recover(journal_bytes);
  if (!recovered) return tl::unexpected(recovered.error());
  for (const vault::Record& record : recovered->records) {
    const auto entry = read_entry(record);
    if (!entry) return unreadable();
    if (record.type == record_of_claim) manifest.claims[entry->claim].claim = read_claim(entry->tree);
    const auto place = manifest.claims.find(entry->claim);
    if (place == manifest.claims.end()) continue;
    if (record.type == record_of_close)
      place->second.outcome = outcome_in(entry->tree);
    else
      note_record(*entry, place->second.claim);
  }
  manifest.unused_numbers = gaps_in(manifest.claims);
  return manifest;
}

letter::Result<std::string> with_later_claims(const std::string& before, const std::string& after) {
  return vault::with_later(before, after,
                           [](const vault::Record& record) -> letter::Result<std::optional<std::string>> {
                             const auto entry = read_entry(record);
                             if (!entry) return unreadable();
                             if (record.type != record_of_claim && record.type != record_of_cut)
                               return std::nullopt;
                             return record.type + std::to_string(entry->claim);
                           });
}

}  // namespace ingest
