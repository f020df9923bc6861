#include "page/damage.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace page {
namespace {

constexpr std::uint64_t most_unpacked = 1u << 30;
constexpr unsigned clear_code = 256, end_code = 257, first_entry = 258, most_entries = 4096;

class Codes {
 public:
  explicit Codes(std::string_view bytes) : bytes_(bytes) {}
  // The next code of `width` bits, most significant first; end_code + the flag behind the end.
  bool next(unsigned width, unsigned& code) {
    if (at_ + width > bytes_.size() * 8) return false;
    unsigned window = 0;
    for (std::size_t i = 0; i < 3; ++i)
      window =
          window << 8 | (at_ / 8 + i < bytes_.size() ? static_cast<unsigned char>(bytes_[at_ / 8 + i]) : 0u);
    code = window >> (24 - at_ % 8 - width) & ((1u << width) - 1);
    at_ += width;
    return true;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;  // in bits
};

// Some tag of the page's pixels: a warning about it is a warning about them.
bool names_pixels(std::string_view text) {
  static constexpr std::array<std::string_view, 22> tags{"\"ImageWidth\"",
                                                         "\"ImageLength\"",
                                                         "\"BitsPerSample\"",
                                                         "\"Compression\"",
                                                         "\"PhotometricInterpretation\"",
                                                         "\"FillOrder\"",
                                                         "\"StripOffsets\"",
                                                         "\"SamplesPerPixel\"",
                                                         "\"RowsPerStrip\"",
                                                         "\"StripByteCounts\"",
                                                         "\"PlanarConfiguration\"",
                                                         "\"Group3Options\"",
                                                         "\"Group4Options\"",
                                                         "\"Predictor\"",
                                                         "\"ColorMap\"",
                                                         "\"TileWidth\"",
                                                         "\"TileLength\"",
                                                         "\"TileOffsets\"",
                                                         "\"TileByteCounts\"",
                                                         "\"SampleFormat\"",
                                                         "\"JPEGTables\"",
                                                         "\"YCbCrSubsampling\""};
  return std::ranges::any_of(tags, [&](std::string_view tag) { return text.find(tag) != text.npos; });
}

struct Row {
  std::string_view says;
  bool of_any_tag;  // a note whatever tag it names; else only when that is none of the pixels'
};
// libtiff 4.5. What is not listed is damage.
constexpr std::array<Row, 21> tiff_notes{{
    {"Unknown field with tag", true},       // a scanner's own
    {"Registering anonymous field", true},  //
    {"Defined set_field_type of custom tag", true},
    {"No definition found for tag", true},
    {"Cannot determine size of unknown tag type", true},
    {"not sorted in ascending order", true},
    {"ASCII value for tag", true},
    {"NumberOfInks", true},
    {"Nonstandard tile", true},  // sizes that are no multiple of 16
    {"tag ignored", false},
    {"tag trimmed", false},
    {"incorrect count for field", false},
    {"Incorrect count for", false},
    {"missing required \"StripByteCounts\"", true},  // the strips themselves are checked
    {"Bogus \"StripByteCounts\"", true},
    {"Wrong \"StripByteCounts\"", true},
    {"Auto-corrected former TIFF subsampling", true},
    {"Unknown Adobe color transform", true},
    {"unknown JFIF revision", true},
    {"Invalid value for WhitePoint", true},
    {"Treating directory", true},  // pages are counted by our own walk
}};

}  // namespace

bool deflate_whole(std::string_view stream, std::uint64_t bytes) {
  z_stream z{};
  if (inflateInit(&z) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, int (*)(z_stream*)> owner(&z, inflateEnd);
  std::array<Bytef, 1u << 16> scratch;
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(stream.data()));
  z.avail_in = static_cast<uInt>(stream.size());
  std::uint64_t out = 0;
  int state = Z_OK;
  while (state == Z_OK && out <= most_unpacked) {
    z.next_out = scratch.data(), z.avail_out = scratch.size();
    state = inflate(&z, Z_NO_FLUSH);
    out += scratch.size() - z.avail_out;
  }
  return state == Z_STREAM_END && out >= bytes;
}

bool lzw_whole(std::string_view stream, std::uint64_t bytes, bool early) {
  std::vector<std::uint32_t> length(most_entries, 1);  // of what each code stands for
  Codes codes(stream);
  unsigned width = 9, next = first_entry, code = 0;
  std::uint32_t before = 0;  // length of the code before, 0 after a clear
  std::uint64_t out = 0;
  while (codes.next(width, code)) {
    if (code == end_code) return out >= bytes;
    if (code == clear_code) {
      width = 9, next = first_entry, before = 0;
      continue;
    }
    if (code > next || (code == next && before == 0) || (before == 0 && code > 255)) return false;
    const std::uint32_t now = code == next ? before + 1 : length[code];
    if (before != 0 && next < most_entries) length[next++] = before + 1;
    before = now;
    out += now;
    if (next + (early ? 1u : 0u) >= 1u << width && width < 12) ++width;
  }
  return out == bytes;
}

Weight weigh_tiff_warning(std::string_view format, std::string_view text) {
  for (const Row& row : tiff_notes)
    if (format.find(row.says) != format.npos || text.find(row.says) != text.npos)
      return row.of_any_tag || !names_pixels(text) ? Weight::note : Weight::damage;
  return Weight::damage;
}

Weight weigh_pdf_warning(std::string_view text) {
  // Hints for showing the first page early, long since out of use.
  return text.find("linearized") != text.npos ? Weight::note : Weight::damage;
}

Weight weigh_drawing(std::string_view complaints) {
  static constexpr std::string_view bare_codestream = "Malformed JP2 file format: first box must be";
  for (std::size_t at = 0; at < complaints.size();) {
    const std::size_t end = std::min(complaints.find('\n', at), complaints.size());
    const std::string_view line = complaints.substr(at, end - at);
    // JPEG 2000 without its wrapping: poppler complains, and then reads it.
    if (line.find("Error") != line.npos && line.find(bare_codestream) == line.npos) return Weight::damage;
    at = end + 1;
  }
  return Weight::note;
}

}  // namespace page
