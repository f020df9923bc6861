#include "vault/record_log.hpp"

#include <set>
#include <utility>

#include "vault/keyring.hpp"

namespace vault {
namespace {

const std::string mark = "VR";
constexpr std::size_t hash_bytes = 16;
constexpr std::size_t head_bytes = 2 + 1 + 4 + hash_bytes;
constexpr std::uint32_t most_bytes = 64u << 20;
constexpr char several = '+';

std::string length_text(std::uint32_t n) {
  std::string out(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) out[i] = static_cast<char>((n >> (8 * i)) & 0xff);
  return out;
}

std::uint32_t length_at(const std::string& bytes, std::size_t at) {
  std::uint32_t n = 0;
  for (std::size_t i = 0; i < 4; ++i)
    n |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return n;
}

std::string unframed(const Record& record) {
  return record.type + length_text(static_cast<std::uint32_t>(record.payload.size())) + record.payload;
}

// Of a record whose hash is right: what it says is what was written.
void take(Record record, std::vector<Record>& records) {
  if (record.type != several) return records.push_back(std::move(record));
  const std::string& all = record.payload;
  for (std::size_t at = 0; at < all.size();) {
    const std::uint32_t length = length_at(all, at + 1);
    records.push_back({all[at], all.substr(at + 5, length)});
    at += 5 + length;
  }
}

// The whole record that begins at `at`, its hash right; false when there is none.
bool record_at(const std::string& bytes, std::size_t at, Record& found) {
  if (bytes.size() - at < head_bytes || bytes.compare(at, mark.size(), mark) != 0) return false;
  const std::uint32_t length = length_at(bytes, at + 3);
  if (length > most_bytes || bytes.size() - at - head_bytes < length) return false;
  const std::string payload = bytes.substr(at + head_bytes, length);
  if (bytes.compare(at + 7, hash_bytes, short_hash(bytes.substr(at + 2, 5) + payload)) != 0) return false;
  found = Record{bytes[at + 2], payload};
  return true;
}

std::filesystem::path made(const std::filesystem::path& dir, Disk& disk) {
  make_folder_durably(disk, dir);
  return dir;
}

}  // namespace

std::string framed(const Record& record) {
  ENSURE(record.payload.size() <= most_bytes);
  const std::string body = unframed(record);
  return mark + body.substr(0, 5) + short_hash(body) + record.payload;
}

letter::Result<Recovered> recover(const std::string& bytes) {
  Recovered out;
  std::size_t at = 0;
  Record record;
  while (at < bytes.size() && record_at(bytes, at, record)) {
    at += head_bytes + record.payload.size();
    take(std::exchange(record, {}), out.records);
  }
  if (at == bytes.size()) return out;
  for (std::size_t later = bytes.find(mark, at + 1); later != std::string::npos;
       later = bytes.find(mark, later + 1))
    if (record_at(bytes, later, record))
      return letter::fault("log.damaged", "Le journal est endommagé en son milieu.",
                           "The log is damaged in its middle.");
  out.torn_records = 1;
  out.torn_bytes = bytes.size() - at;
  return out;
}

letter::Result<std::string> with_later(const std::string& before, const std::string& after,
                                       const NameOf& name_of) {
  const auto known = recover(before), all = recover(after);
  if (!known || !all) return tl::unexpected((known ? all : known).error());
  std::set<std::string> named;
  std::string bytes;
  for (const Recovered* log : {&*known, &*all})
    for (const Record& record : log->records) {
      const auto name = name_of(record);
      if (!name) return tl::unexpected(name.error());
      const bool is_new = *name && named.insert(**name).second;
      if (is_new || log == &*known) bytes += framed(record);
    }
  return bytes;
}

RecordLog::RecordLog(const std::filesystem::path& dir, const std::string& name, std::shared_ptr<Disk> disk)
    : disk_(std::move(disk)), file_(dir / name), lock_(disk_->lock(made(dir, *disk_) / (name + ".lock"))) {
  auto recovered = recover(disk_->read(file_).value_or(""));
  if (!recovered) throw letter::BrokenWorld(recovered.error().en + " (" + file_.string() + ")");
  recovered_ = std::move(*recovered);
}

void RecordLog::begin(const std::vector<Record>& records) {
  std::string bytes;
  for (const Record& record : records) bytes += framed(record);
  write_durably(*disk_, file_, bytes);
  recovered_.records.clear();
  recovered_.records.shrink_to_fit();
  begun_ = true;
}

void RecordLog::append(const Record& record) {
  ENSURE(begun_);
  disk_->append(file_, framed(record), true);
}

void RecordLog::append_all(const std::vector<Record>& records) {
  if (records.empty()) return;
  if (records.size() == 1) return append(records.front());
  Record all{several, {}};
  for (const Record& record : records) all.payload += unframed(record);
  append(all);
}

void RecordLog::note(const Record& record) {
  ENSURE(begun_);
  disk_->append(file_, framed(record), false);
}

}  // namespace vault
