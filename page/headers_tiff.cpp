#include <algorithm>
#include <set>

#include "page/headers.hpp"
#include "page/raster.hpp"

namespace page {
namespace {

constexpr std::uint64_t most_entries = 4096, most_pieces = 1u << 20;
constexpr std::uint64_t beyond = ~std::uint64_t{0};  // in no file: the link to the next page is cut off

class Reader {
 public:
  explicit Reader(const std::string& bytes) : bytes_(bytes), little_(bytes[0] == 'I') {}
  bool holds(std::uint64_t at, std::uint64_t count) const {
    return at <= bytes_.size() && count <= bytes_.size() - at;
  }
  std::uint64_t number(std::uint64_t at, unsigned size) const {
    std::uint64_t n = 0;
    for (unsigned i = 0; i < size; ++i)
      n = n << 8 |
          static_cast<unsigned char>(bytes_[static_cast<std::size_t>(at) + (little_ ? size - 1 - i : i)]);
    return n;
  }

 private:
  const std::string& bytes_;
  bool little_;
};

// The sizes of whole numbers by TIFF type; 0 for everything else.
unsigned whole_size(std::uint64_t type) {
  switch (type) {
    case 1:
      return 1;
    case 3:
      return 2;
    case 4:
    case 13:
      return 4;
    case 16:
    case 18:
      return 8;
    default:
      return 0;
  }
}

struct Entry {
  std::uint64_t id = 0, type = 0, count = 0;
  std::uint64_t at = 0;  // of its value
};

struct Width {
  unsigned offset, count, entry;  // bytes of an offset, of a directory's count, of an entry
};

std::uint64_t sum(const Reader& file, const Entry& entry) {
  const unsigned size = whole_size(entry.type);
  std::uint64_t total = 0;
  if (size == 0 || entry.count > most_pieces || !file.holds(entry.at, entry.count * size)) return 0;
  for (std::uint64_t i = 0; i < entry.count; ++i)
    total += std::min<std::uint64_t>(file.number(entry.at + i * size, size), most_file_bytes);
  return total;
}

// The largest of the entry's values, or the one value there is.
std::uint64_t value(const Reader& file, const Entry& entry) {
  const unsigned size = whole_size(entry.type);
  std::uint64_t most = 0;
  if (size == 0 || !file.holds(entry.at, size)) return 0;
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(entry.count, 8); ++i)
    if (file.holds(entry.at + i * size, size)) most = std::max(most, file.number(entry.at + i * size, size));
  return most;
}

struct Tile {
  std::uint64_t width = 0, height = 0;
};

void take(const Reader& file, const Entry& entry, Claim& claim, Tile& tile) {
  const std::uint64_t v = value(file, entry);
  switch (entry.id) {
    case 256:
      claim.width = v;
      break;
    case 257:
      claim.height = v;
      break;
    case 258:
      claim.bits_a_pixel = std::max<std::uint64_t>(v, 1);  // times the samples, below
      break;
    case 259:
      claim.compression = v;
      break;
    case 279:
    case 325:
      claim.stream_bytes = sum(file, entry);
      break;
    case 322:
      tile.width = v;
      break;
    case 323:
      tile.height = v;
      break;
    default:
      break;
  }
}

letter::Result<Claim> read_directory(const Reader& file, const Width& wide, std::uint64_t at,
                                     std::uint64_t& next) {
  if (!file.holds(at, wide.count)) return header_fault("page.cut");
  const std::uint64_t count = file.number(at, wide.count);
  if (count == 0 || count > most_entries) return header_fault("page.directory");
  if (!file.holds(at, wide.count + count * wide.entry)) return header_fault("page.cut");
  Claim claim;
  claim.bits_a_pixel = 1, claim.compression = 1;
  std::uint64_t samples = 1;
  Tile tile;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t from = at + wide.count + i * wide.entry;
    Entry entry{file.number(from, 2), file.number(from + 2, 2), file.number(from + 4, wide.offset),
                from + 4 + wide.offset};
    const std::uint64_t size = whole_size(entry.type);
    if (size == 0 || entry.count == 0) continue;
    if (entry.count > wide.offset / size) entry.at = file.number(entry.at, wide.offset);
    if ((entry.id == 273 || entry.id == 279 || entry.id == 324 || entry.id == 325) &&
        entry.count > most_pieces)
      return header_fault("page.directory");
    if (entry.id == 277) samples = std::clamp<std::uint64_t>(value(file, entry), 1, 65'535);
    take(file, entry, claim, tile);
  }
  claim.bits_a_pixel = std::min<std::uint64_t>(claim.bits_a_pixel, 65'535) * samples;
  claim.piece_pixels =
      std::min<std::uint64_t>(tile.width, 1u << 31) * std::min<std::uint64_t>(tile.height, 1u << 31);
  const std::uint64_t link = at + wide.count + count * wide.entry;
  next = file.holds(link, wide.offset) ? file.number(link, wide.offset) : beyond;
  return claim;
}

}  // namespace

letter::Result<Header> read_tiff_header(const std::string& bytes) {
  if (bytes.size() < 8) return header_fault("page.cut");
  const Reader file(bytes);
  const bool big = file.number(2, 2) == 43;
  if (big && bytes.size() < 16) return header_fault("page.cut");
  if (big && file.number(4, 2) != 8) return header_fault("page.directory");
  const Width wide = big ? Width{8, 8, 20} : Width{4, 2, 12};
  Header header{FileKind::tiff, {}, false};
  std::set<std::uint64_t> seen;
  for (std::uint64_t at = file.number(big ? 8 : 4, wide.offset), next = 0; at != 0; at = next) {
    if (!seen.insert(at).second) return header_fault("page.loop");
    if (header.pages.size() == max_pages) return header_fault("page.too_many");
    const auto claim = read_directory(file, wide, at, next);
    if (!claim && header.pages.empty()) return tl::unexpected(claim.error());
    header.cut = !claim;
    if (header.cut) break;
    header.pages.push_back(*claim);
  }
  if (header.pages.empty()) return header_fault("page.directory");
  return header;
}

}  // namespace page
