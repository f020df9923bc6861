// An append-only list of records that survives being cut at any byte.
// On disk, one record: "VR", type (1 byte), payload length (4 bytes, little-endian), hash of type,
// length and payload (16 bytes, BLAKE2b), payload. Records appended together are one record of type '+',
// whose payload is the type, length and payload of each: so it is whole or torn as one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "vault/disk.hpp"

namespace vault {

struct Record {
  char type = 0;
  std::string payload;  // at most 64 MiB
  bool operator==(const Record&) const = default;
};

std::string framed(const Record& record);  // its bytes on disk

struct Recovered {
  std::vector<Record> records;
  std::uint64_t torn_records = 0;  // 1 when a last, half-written record was dropped
  std::uint64_t torn_bytes = 0;
};

// What stands in `bytes`. A bad record with a good one after it is no torn tail: log.damaged.
letter::Result<Recovered> recover(const std::string& bytes);

// Of a log that was read twice: the bytes of `before`, and behind them those records of `after` that
// `name_of` names and that no record above them is named like. So what was read between the two is not ahead
// of them. Faults: log.damaged, and those of `name_of`, which is asked of every record of both.
using NameOf = std::function<letter::Result<std::optional<std::string>>(const Record&)>;
letter::Result<std::string> with_later(const std::string& before, const std::string& after,
                                       const NameOf& name_of);

class RecordLog {
 public:
  // Reads DIR/NAME (none: empty) under DIR/NAME.lock. BrokenWorld: locked, unreadable, damaged.
  RecordLog(const std::filesystem::path& dir, const std::string& name, std::shared_ptr<Disk> disk);
  RecordLog(const RecordLog&) = delete;
  RecordLog& operator=(const RecordLog&) = delete;

  const Recovered& recovered() const { return recovered_; }
  // Writes these records as the whole log, to a new synced file. Must come before the first `append`:
  // the tail of a failed sync may stand in the page cache and still be lost.
  void begin(const std::vector<Record>& records);
  void append(const Record& record);                    // on stable storage when it returns
  void append_all(const std::vector<Record>& records);  // the same for all of them or none, with one sync
  void note(const Record& record);                      // on stable storage with the next `append`

 private:
  std::shared_ptr<Disk> disk_;
  std::filesystem::path file_;
  std::unique_ptr<Lock> lock_;
  Recovered recovered_;
  bool begun_ = false;
};

}  // namespace vault
