// Every letter and every page that a station ever took, accounted for: what the stations' journals claim,
// against the spool, the register and the vault. Pure; `vaguemestre reconcile` reads the books and prints.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ingest/manifest.hpp"
#include "ingest/spool.hpp"
#include "router/sqlite_roll.hpp"

namespace cli {

// While the house works: as `vaguemestre reconcile` reads them, so that what one book says the next knows.
struct Books {
  std::vector<ingest::Manifest> stations;
  std::vector<ingest::SpoolLine> spool;
  std::vector<router::RollLine> roll;
  std::set<letter::LetterId> vault;
};

struct Count {
  std::uint64_t letters = 0, pages = 0;
  void add(std::uint64_t more_pages) { ++letters, pages += more_pages; }
  bool operator==(const Count&) const = default;
};

// claimed = filed + failed + repeat + separator + withdrawn + purged + in flight + unexplained, in letters
// and in pages. A refused file counts as one letter; pages that nobody could count are none on both sides.
struct Balance {
  Count claimed, filed, failed;
  Count repeat;     // filed, and known as the same scan as an earlier letter
  Count separator;  // sheets: pages only
  Count withdrawn;  // filed, and taken back at a desk
  Count purged;     // filed, and erased when its time was over
  Count in_flight, unexplained;
  bool operator==(const Balance&) const = default;
};

// What a person should look at: a letter, a station's number or a batch, never a name.
struct Finding {
  std::string code;  // reconcile.*, docs/operating.md
  std::string what;  // "LYON1-0000012", "LYON1 7-9"
  bool operator==(const Finding&) const = default;
};

struct Reconciliation {
  // By station and day of claiming ("2026-11-23"; "" where an old journal does not say).
  std::map<std::pair<std::string, std::string>, Balance> days;
  std::vector<Finding> unexplained;  // must be empty
  std::vector<Finding> remarks;      // gaps in numbers, batches that counted otherwise, orphans of the vault
};

Reconciliation reconcile(const Books& books);

}  // namespace cli
