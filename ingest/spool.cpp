#include "ingest/spool.hpp"

#include <algorithm>

#include "vault/record_log.hpp"

namespace ingest {
namespace {

// Types of records. The payload of `received` is the protobuf slip; the others begin with the id.
constexpr char is_received = 'L', is_attempted = 'A', is_filed = 'F';

std::string slip_of(const letter::Letter& letter) { return letter::encode(letter).at(1); }

letter::Letter read_slip(const std::string& slip) {
  static const std::string type = letter::wire_type(letter::encode(letter::Letter{}));
  auto letter = letter::decode_letter({type, slip});
  if (!letter) throw letter::BrokenWorld("spool: a record is no letter (" + letter.error().code + ")");
  return *letter;
}

// "ID rest"
std::pair<letter::LetterId, std::string> read_id(const std::string& payload) {
  const std::size_t space = payload.find(' ');
  const auto id = letter::parse_letter_id(payload.substr(0, space));
  if (!id || space == std::string::npos) throw letter::BrokenWorld("spool: a record has no letter id");
  return {*id, payload.substr(space + 1)};
}

std::uint32_t read_count(const std::string& text) {
  const bool digits = !text.empty() && text.size() < 9 &&
                      std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) throw letter::BrokenWorld("spool: a record has no count");
  return static_cast<std::uint32_t>(std::stoul(text));
}

// What a filed letter is still kept for: its first receipt, and to know the same scan again.
letter::Letter compact(letter::Letter letter) {
  letter.notes.clear();
  for (letter::Page& page : letter.pages) {
    letter::Page bare;
    bare.master = page.master;
    bare.index = page.index;
    page = bare;
  }
  return letter;
}

std::string content_of(const letter::Letter& letter) {
  std::string all;
  for (const letter::Master& master : letter.masters) all += master.sha256 + " ";
  return all;
}

// What the records say, in memory.
struct Entries {
  struct Entry {
    letter::Letter letter;
    std::uint64_t arrival = 0;
    std::uint32_t attempts = 0;
    std::optional<std::string> case_ref;  // set: filed
  };

  std::map<letter::LetterId, Entry> entries;
  std::map<std::string, letter::LetterId> contents;   // the first letter of each
  std::map<std::uint64_t, letter::LetterId> waiting;  // by arrival
  std::uint64_t arrivals = 0, filed = 0, torn = 0;

  void add(const letter::Letter& letter) {
    const auto [place, fresh] = entries.try_emplace(letter.id, Entry{letter, arrivals, 0, std::nullopt});
    if (!fresh) return;
    waiting.emplace(arrivals++, letter.id);
    contents.try_emplace(content_of(letter), letter.id);
  }
  void count(const letter::LetterId& id, std::uint32_t attempts) {
    if (const auto place = entries.find(id); place != entries.end()) place->second.attempts = attempts;
  }
  void close(const letter::LetterId& id, const std::string& case_ref) {
    const auto place = entries.find(id);
    if (place == entries.end() || place->second.case_ref) return;
    place->second.case_ref = case_ref;
    place->second.letter = compact(std::move(place->second.letter));
    waiting.erase(place->second.arrival);
    ++filed;
  }
  void replay(const vault::Record& record) {
    if (record.type == is_received) return add(read_slip(record.payload));
    const auto [id, rest] = read_id(record.payload);
    if (record.type == is_attempted) return count(id, read_count(rest));
    if (record.type == is_filed) return close(id, rest);
    throw letter::BrokenWorld("spool: a record of a kind that this version does not know");
  }
  std::vector<vault::Record> all_records() const {
    std::vector<const Entry*> order(entries.size());
    for (const auto& [id, entry] : entries) order[entry.arrival] = &entry;
    std::vector<vault::Record> records;
    for (const Entry* entry : order) {
      const std::string id = letter::text(entry->letter.id);
      records.push_back({is_received, slip_of(entry->letter)});
      if (entry->case_ref)
        records.push_back({is_filed, id + " " + *entry->case_ref});
      else if (entry->attempts > 0)
        records.push_back({is_attempted, id + " " + std::to_string(entry->attempts)});
    }
    return records;
  }
};

}  // namespace

struct Spool::Impl : Entries {
  vault::RecordLog log;
  std::vector<vault::Record> unsettled;  // filings that no sync has taken along yet
  Impl(const std::filesystem::path& dir, std::shared_ptr<vault::Disk> disk)
      : log(dir, "spool", std::move(disk)) {}
  void append(std::vector<vault::Record> records) {
    records.insert(records.begin(), unsettled.begin(), unsettled.end());
    log.append_all(records);
    unsettled.clear();
  }
};

Spool::Spool(const std::filesystem::path& dir, std::shared_ptr<vault::Disk> disk)
    : impl_(std::make_unique<Impl>(dir, std::move(disk))) {
  for (const vault::Record& record : impl_->log.recovered().records) impl_->replay(record);
  impl_->torn = impl_->log.recovered().torn_records;
  impl_->log.begin(impl_->all_records());
}

Spool::~Spool() = default;

void Spool::received(const std::vector<letter::Letter>& letters) {
  std::vector<vault::Record> records;
  for (const letter::Letter& letter : letters)
    if (!impl_->entries.contains(letter.id)) records.push_back({is_received, slip_of(letter)});
  if (!records.empty()) impl_->append(std::move(records));
  for (const letter::Letter& letter : letters) impl_->add(letter);
}

void Spool::attempted(const letter::LetterId& id, std::uint32_t attempts) {
  impl_->append({{is_attempted, letter::text(id) + " " + std::to_string(attempts)}});
  impl_->count(id, attempts);
}

std::vector<letter::LetterId> Spool::filed(const std::vector<letter::Filed>& filings) {
  std::vector<letter::LetterId> closed;
  for (const auto& [id, case_ref] : filings) {
    const auto place = impl_->entries.find(id);
    if (place == impl_->entries.end() || place->second.case_ref) continue;
    impl_->unsettled.push_back({is_filed, letter::text(id) + " " + case_ref});
    impl_->close(id, case_ref);
    closed.push_back(id);
  }
  return closed;
}

void Spool::settle() { impl_->append({}); }

std::optional<letter::Letter> Spool::find(const letter::LetterId& id) const {
  const auto place = impl_->entries.find(id);
  if (place == impl_->entries.end()) return std::nullopt;
  return place->second.letter;
}

std::optional<letter::LetterId> Spool::same_content(const letter::Letter& letter) const {
  const auto place = impl_->contents.find(content_of(letter));
  if (place == impl_->contents.end()) return std::nullopt;
  return place->second;
}

std::vector<Spooled> Spool::unfiled() const {
  std::vector<Spooled> found;
  for (const auto& [arrival, id] : impl_->waiting) {
    const auto& entry = impl_->entries.at(id);
    found.push_back({entry.letter, entry.attempts});
  }
  return found;
}

std::optional<letter::Letter> Spool::oldest_unfiled() const {
  if (impl_->waiting.empty()) return std::nullopt;
  return impl_->entries.at(impl_->waiting.begin()->second).letter;
}

std::optional<std::string> Spool::case_of(const letter::LetterId& id) const {
  const auto place = impl_->entries.find(id);
  return place == impl_->entries.end() ? std::nullopt : place->second.case_ref;
}

std::uint64_t Spool::received_total() const { return impl_->entries.size(); }
std::uint64_t Spool::filed_total() const { return impl_->filed; }
std::uint64_t Spool::torn_records() const { return impl_->torn; }

letter::Result<std::vector<SpoolLine>> read_spool(const std::filesystem::path& dir, const vault::Disk& disk) {
  return read_spool(disk.read(dir / "spool").value_or(""));
}

letter::Result<std::vector<SpoolLine>> read_spool(const std::string& spool_bytes) {
  const auto recovered = vault::recover(spool_bytes);
  if (!recovered) return tl::unexpected(recovered.error());
  Entries known;
  for (const vault::Record& record : recovered->records) known.replay(record);
  std::vector<SpoolLine> lines(known.entries.size());
  for (auto& [id, entry] : known.entries)
    lines[entry.arrival] = {std::move(entry.letter), std::move(entry.case_ref)};
  return lines;
}

letter::Result<std::string> with_later_letters(const std::string& before, const std::string& after) {
  return vault::with_later(before, after,
                           [](const vault::Record& record) -> letter::Result<std::optional<std::string>> {
                             if (record.type != is_received) return std::nullopt;
                             return letter::text(read_slip(record.payload).id);
                           });
}

}  // namespace ingest
