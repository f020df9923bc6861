// Everything a station ever took, closed claims too, read from its journal without its lock: what a
// reconciliation counts from. The station may go on writing meanwhile.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ingest/claim.hpp"
#include "vault/disk.hpp"

namespace ingest {

struct ManifestEntry {
  Claim claim;
  std::optional<Outcome> outcome;  // none: still being worked on
};

struct Manifest {
  std::string station;
  std::map<std::uint32_t, ManifestEntry> claims;  // by number
  std::vector<std::uint32_t> unused_numbers;      // from 1 to the last one given, never given: a gap
};

// `folder` is named as its station. No journal there: an empty manifest. Faults: log.damaged,
// manifest.unreadable (a record is no JSON).
letter::Result<Manifest> read_manifest(const std::filesystem::path& folder, const vault::Disk& disk);
letter::Result<Manifest> read_manifest(const std::string& station, const std::string& journal_bytes);

// The bytes of a journal read before the other books, with the claims that the same journal holds after them
// ("" = it was not there): what a station took meanwhile, and nothing of what became of it. So every receipt
// in it is in those books, and every letter in those books is claimed in it. Faults as above.
letter::Result<std::string> with_later_claims(const std::string& before, const std::string& after);

}  // namespace ingest
