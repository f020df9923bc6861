// The list of letters taken in and not yet filed: an append-only log, synced before a receipt.
// Format on one page: docs/decisions/0002-spool-and-vault.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "letter/letter.hpp"
#include "letter/wire.hpp"
#include "vault/disk.hpp"

namespace ingest {

struct Spooled {
  letter::Letter letter;
  std::uint32_t attempts = 0;  // times it broke a worker
};

// One process a spool (lock file). At start the tail is rewritten to a new synced file, because
// records of a failed sync may still stand in the page cache.
class Spool {
 public:
  // BrokenWorld: locked, unreadable, cut in the middle.
  explicit Spool(const std::filesystem::path& dir,
                 std::shared_ptr<vault::Disk> disk = std::make_shared<vault::SystemDisk>());
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  // On stable storage when they return, with one sync however many; a failed sync is BrokenWorld, never
  // retried. `received` of a known id changes nothing.
  void received(const std::vector<letter::Letter>& letters);
  void received(const letter::Letter& letter) { received(std::vector{letter}); }
  void attempted(const letter::LetterId& id, std::uint32_t attempts);
  // Those that had waited. Nobody waits for this, so it gets no sync of its own: it is on stable storage with
  // the next letter received or with `settle`. Lost before that, it is said again, for the letter is handed
  // out again and filing twice is filing once. An unknown or filed id changes nothing.
  std::vector<letter::LetterId> filed(const std::vector<letter::Filed>& filings);
  bool filed(const letter::LetterId& id, const std::string& case_ref) {
    return !filed({letter::Filed{id, case_ref}}).empty();
  }
  void settle();

  // A letter ever taken in here. Once filed it is kept without its notes and page facts.
  std::optional<letter::Letter> find(const letter::LetterId& id) const;
  // The first letter that has exactly these contents, if any.
  std::optional<letter::LetterId> same_content(const letter::Letter& letter) const;
  std::vector<Spooled> unfiled() const;  // in order of arrival
  std::optional<letter::Letter> oldest_unfiled() const;
  std::optional<std::string> case_of(const letter::LetterId& id) const;
  std::uint64_t received_total() const;  // ever, in this spool
  std::uint64_t filed_total() const;
  std::uint64_t torn_records() const;  // half-written ones dropped when it was opened, for the log

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The same list without the lock, for who counts while ingest goes on writing; in order of arrival. No
// spool there: empty. Fault log.damaged; BrokenWorld as when it is opened.
struct SpoolLine {
  letter::Letter letter;                // once filed without its notes and page facts
  std::optional<std::string> case_ref;  // set: filed
};
letter::Result<std::vector<SpoolLine>> read_spool(const std::filesystem::path& dir, const vault::Disk& disk);
letter::Result<std::vector<SpoolLine>> read_spool(const std::string& spool_bytes);

// The bytes of a spool read before the register, with the letters that the same spool holds after it, none of
// these filed. So every filing in it is in the register, and every letter in the register is in it. Faults as
// above.
letter::Result<std::string> with_later_letters(const std::string& before, const std::string& after);

}  // namespace ingest
