#include "page/tiff_sheets.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "page/sheets.hpp"

namespace page {
namespace {

using letter::Result;

constexpr std::uint16_t tag_width = 256, tag_height = 257, tag_compression = 259;
constexpr std::uint16_t tag_strips = 273, tag_strip_bytes = 279, tag_tiles = 324, tag_tile_bytes = 325;
constexpr std::uint64_t most_tags = 512, most_pieces = 1u << 20;

std::uint64_t size_of(std::uint16_t type) {
  switch (type) {
    case 1:
    case 2:
    case 6:
    case 7:
      return 1;
    case 3:
    case 8:
      return 2;
    case 4:
    case 9:
    case 11:
    case 13:
      return 4;
    case 5:
    case 10:
    case 12:
    case 16:
    case 17:
    case 18:
      return 8;
    default:
      return 0;
  }
}

class Reader {
 public:
  Reader(const std::string& bytes, bool little) : bytes_(bytes), little_(little) {}
  bool holds(std::uint64_t at, std::uint64_t count) const {
    return at <= bytes_.size() && count <= bytes_.size() - at;
  }
  std::uint64_t number(std::uint64_t at, std::size_t size) const {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = static_cast<std::size_t>(at) + (little_ ? size - 1 - i : i);
      n = (n << 8) | static_cast<unsigned char>(bytes_[place]);
    }
    return n;
  }
  // The i-th value of a tag that holds whole numbers; nothing for other types.
  std::optional<std::uint64_t> value(const TiffTag& tag, std::uint64_t i) const {
    const bool whole = tag.type == 1 || tag.type == 3 || tag.type == 4 || tag.type == 16;
    if (!whole || i >= tag.count) return std::nullopt;
    const std::uint64_t size = size_of(tag.type);
    return number(tag.at + i * size, static_cast<std::size_t>(size));
  }

 private:
  const std::string& bytes_;
  bool little_;
};

const TiffTag* find(const std::vector<TiffTag>& tags, std::uint16_t id) {
  const auto place = std::ranges::find(tags, id, &TiffTag::id);
  return place == tags.end() ? nullptr : &*place;
}

std::uint64_t first_value(const Reader& reader, const std::vector<TiffTag>& tags, std::uint16_t id,
                          std::uint64_t otherwise) {
  const TiffTag* tag = find(tags, id);
  return tag == nullptr ? otherwise : reader.value(*tag, 0).value_or(otherwise);
}

struct Layout {
  std::size_t offset, count, entry;  // bytes of an offset, of a directory's count, of an entry
};
constexpr Layout layout_of(bool big) { return big ? Layout{8, 8, 20} : Layout{4, 2, 12}; }

struct Directory {
  std::vector<TiffTag> tags;
  std::uint64_t next = 0;
};

Result<Directory> read_directory(const Reader& reader, bool big, std::uint64_t at) {
  const Layout layout = layout_of(big);
  if (!reader.holds(at, layout.count)) return sheets_fault("cut");
  const std::uint64_t count = reader.number(at, layout.count);
  if (count == 0 || count > most_tags) return sheets_fault("broken");
  if (!reader.holds(at, layout.count + count * layout.entry + layout.offset)) return sheets_fault("cut");
  Directory directory;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t entry = at + layout.count + i * layout.entry;
    TiffTag tag;
    tag.id = static_cast<std::uint16_t>(reader.number(entry, 2));
    tag.type = static_cast<std::uint16_t>(reader.number(entry + 2, 2));
    tag.count = reader.number(entry + 4, layout.offset);
    const std::uint64_t size = size_of(tag.type);
    if (size == 0) continue;  // a type nobody knows says nothing about pixels
    if (tag.count > most_file_bytes) return sheets_fault("broken");
    tag.bytes = tag.count * size;
    tag.at = entry + 4 + layout.offset;
    if (tag.bytes > layout.offset) tag.at = reader.number(tag.at, layout.offset);
    if (!reader.holds(tag.at, tag.bytes)) return sheets_fault("cut");
    if (find(directory.tags, tag.id) == nullptr) directory.tags.push_back(tag);
  }
  directory.next = reader.number(at + layout.count + count * layout.entry, layout.offset);
  return directory;
}

struct Pieces {
  const TiffTag* offsets = nullptr;
  const TiffTag* lengths = nullptr;
};

Pieces pieces_of(const std::vector<TiffTag>& tags) {
  if (find(tags, tag_tiles) != nullptr) return {find(tags, tag_tiles), find(tags, tag_tile_bytes)};
  return {find(tags, tag_strips), find(tags, tag_strip_bytes)};
}

// The name of what is wrong with the page, or "".
std::string doubt_about(const Reader& reader, const std::vector<TiffTag>& tags) {
  static constexpr std::array<std::uint64_t, 8> read_by_us{1, 2, 3, 4, 5, 7, 8, 32946};
  constexpr std::uint64_t packbits = 32773;
  if (!sides_fit(first_value(reader, tags, tag_width, 0), first_value(reader, tags, tag_height, 0)))
    return "sides";
  const std::uint64_t compression = first_value(reader, tags, tag_compression, 1);
  if (compression != packbits && std::ranges::find(read_by_us, compression) == read_by_us.end())
    return "compression";
  const Pieces pieces = pieces_of(tags);
  if (pieces.offsets == nullptr || pieces.lengths == nullptr || pieces.offsets->count == 0 ||
      pieces.offsets->count != pieces.lengths->count || pieces.offsets->count > most_pieces)
    return "broken";
  for (std::uint64_t i = 0; i < pieces.offsets->count; ++i) {
    const auto at = reader.value(*pieces.offsets, i), length = reader.value(*pieces.lengths, i);
    if (!at || !length) return "broken";
    if (!reader.holds(*at, *length)) return "cut";
  }
  return "";
}

// A file under construction: numbers in the order of the old one.
class Writer {
 public:
  explicit Writer(bool little) : little_(little) {}
  std::string bytes;
  void number(std::uint64_t n, std::size_t size) { bytes += encoded(n, size); }
  void number_at(std::size_t at, std::uint64_t n, std::size_t size) {
    bytes.replace(at, size, encoded(n, size));
  }
  void align() { bytes.resize((bytes.size() + 7) / 8 * 8, '\0'); }
  std::string encoded(std::uint64_t n, std::size_t size) const {
    std::string out(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
      out[little_ ? i : size - 1 - i] = static_cast<char>((n >> (8 * i)) & 0xff);
    return out;
  }

 private:
  bool little_;
};

bool points_elsewhere(std::uint16_t id) {
  static constexpr std::array<std::uint16_t, 6> pointers{288, 289, 330, 34665, 34853, 40965};
  return std::ranges::find(pointers, id) != pointers.end();
}

struct Value {
  TiffTag tag;
  std::string bytes;
};

std::vector<Value> copy_page(const std::string& bytes, const TiffFile& file, const std::vector<TiffTag>& tags,
                             Writer& out) {
  const Reader reader(bytes, file.little);
  const std::size_t offset_size = layout_of(file.big).offset;
  const Pieces pieces = pieces_of(tags);
  std::vector<Value> values;
  for (const TiffTag& tag : tags) {
    if (points_elsewhere(tag.id) || &tag == pieces.offsets) continue;
    values.push_back(
        {tag, bytes.substr(static_cast<std::size_t>(tag.at), static_cast<std::size_t>(tag.bytes))});
  }
  Value places{*pieces.offsets, ""};
  places.tag.type = file.big ? 16 : 4;
  for (std::uint64_t i = 0; i < pieces.offsets->count; ++i) {
    out.align();
    places.bytes += out.encoded(out.bytes.size(), offset_size);
    out.bytes.append(bytes, static_cast<std::size_t>(*reader.value(*pieces.offsets, i)),
                     static_cast<std::size_t>(*reader.value(*pieces.lengths, i)));
  }
  values.push_back(std::move(places));
  std::ranges::sort(values, {}, [](const Value& value) { return value.tag.id; });
  return values;
}

// Writes the directory; gives the place of its link to the next one.
std::size_t write_directory(std::vector<Value> values, std::size_t link, const Layout& layout, Writer& out) {
  for (Value& value : values) {
    if (value.bytes.size() <= layout.offset) {
      value.bytes.resize(layout.offset, '\0');
      continue;
    }
    out.align();
    const std::string place = out.encoded(out.bytes.size(), layout.offset);
    out.bytes += value.bytes;
    value.bytes = place;
  }
  out.align();
  out.number_at(link, out.bytes.size(), layout.offset);
  out.number(values.size(), layout.count);
  for (const Value& value : values) {
    out.number(value.tag.id, 2);
    out.number(value.tag.type, 2);
    out.number(value.tag.count, layout.offset);
    out.bytes += value.bytes;
  }
  const std::size_t next = out.bytes.size();
  out.number(0, layout.offset);
  return next;
}

}  // namespace

bool looks_like_tiff(const std::string& bytes) {
  using namespace std::string_view_literals;
  return bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv) || bytes.starts_with("II+\0"sv) ||
         bytes.starts_with("MM\0+"sv);
}

Result<TiffFile> walk_tiff(const std::string& bytes) {
  if (!looks_like_tiff(bytes)) return sheets_fault("unknown");
  TiffFile file;
  file.little = bytes[0] == 'I';
  const Reader reader(bytes, file.little);
  file.big = reader.number(2, 2) == 43;
  if (!reader.holds(0, file.big ? 16 : 8)) return sheets_fault("cut");
  if (file.big && reader.number(4, 4) != (file.little ? 8u : 0x80000u)) return sheets_fault("broken");
  std::uint64_t at = file.big ? reader.number(8, 8) : reader.number(4, 4);
  std::set<std::uint64_t> seen;
  while (at != 0) {
    if (!seen.insert(at).second) return sheets_fault("loop");
    if (seen.size() > max_pages) return sheets_fault("pages");
    auto directory = read_directory(reader, file.big, at);
    if (!directory) return tl::unexpected(directory.error());
    const std::string doubt = doubt_about(reader, directory->tags);
    if (!doubt.empty()) return sheets_fault(doubt);
    at = directory->next;
    file.pages.push_back(std::move(directory->tags));
  }
  if (file.pages.empty()) return sheets_fault("pages");
  return file;
}

std::string cut_tiff(const std::string& bytes, const TiffFile& file, std::size_t first, std::size_t count) {
  ENSURE(count > 0 && first + count <= file.pages.size());
  const Layout layout = layout_of(file.big);
  Writer out(file.little);
  out.bytes = bytes.substr(0, file.big ? 8 : 4);
  std::size_t link = out.bytes.size();
  out.number(0, layout.offset);
  for (std::size_t i = first; i < first + count; ++i)
    link = write_directory(copy_page(bytes, file, file.pages[i], out), link, layout, out);
  return out.bytes;
}

}  // namespace page
