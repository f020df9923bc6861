// The list of letters taken in and not yet filed: an append-only log, synced before a receipt.
// Format on one page: docs/decisions (spool).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "letter/letter.hpp"

namespace ingest {

struct Spooled {
  letter::Letter letter;
  std::uint32_t attempts = 0;   // times it broke a worker
};

// One process a spool (lock file). At start the tail is rewritten to a new synced file, because
// records of a failed sync may still stand in the page cache.
class Spool {
 public:
  explicit Spool(const std::filesystem::path& dir);  // BrokenWorld: locked, unreadable, cut in the middle
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // On stable storage when they return; a failed sync is BrokenWorld, never retried.
  void received(const letter::Letter& letter);
  void attempted(const letter::LetterId& id, std::uint32_t attempts);
  void filed(const letter::LetterId& id, const std::string& case_ref);

  // A letter ever taken in here, filed or not.
  std::optional<letter::Letter> find(const letter::LetterId& id) const;
  // The first letter that has exactly these contents, if any.
  std::optional<letter::LetterId> same_content(const letter::Letter& letter) const;
  std::vector<Spooled> unfiled() const;  // in order of arrival
  std::optional<std::string> case_of(const letter::LetterId& id) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ingest
