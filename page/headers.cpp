#include "page/headers.hpp"

#include <algorithm>
#include <array>

#include "page/raster.hpp"

namespace page {
namespace {

using letter::Result;

constexpr std::uint64_t most_scans = 100, most_scanned_pixels = 1'000'000'000;
// The sparest coding there is: two bits a block of 64 pixels, one in a first progressive scan; deflate's
// limit.
constexpr std::uint64_t most_pixels_a_jpeg_byte = 1024, most_bytes_a_deflate_byte = 1040;
constexpr std::uint64_t hollow_slack_bytes = 1024;

struct Words {
  const char *code, *fr, *en;
};
constexpr std::array<Words, 17> all_words{{
    {"page.empty", "Le fichier est vide.", "The file is empty."},
    {"page.too_many_bytes", "Le fichier dépasse 64 Mio.", "The file is larger than 64 MiB."},
    {"page.unknown_format", "Ce fichier n’est ni TIFF, ni PNG, ni JPEG, ni PDF.",
     "This file is neither TIFF, PNG, JPEG nor PDF."},
    {"page.no_header", "L’image n’a pas d’en-tête lisible.", "The image has no readable header."},
    {"page.cut", "Le fichier s’arrête avant la fin de son en-tête.", "The file ends within its header."},
    {"page.too_many", "Le fichier a plus de 200 pages.", "The file has more than 200 pages."},
    {"page.loop", "La liste des pages du fichier tourne en rond.",
     "The file's list of pages runs in a circle."},
    {"page.directory", "La description des pages du fichier est impossible.",
     "The file's description of its pages cannot be."},
    {"page.no_pixels", "L’image n’a pas de points.", "The image has no pixels."},
    {"page.side", "Un côté de l’image dépasse 20 000 points.", "A side of the image exceeds 20,000 pixels."},
    {"page.pixels", "L’image dépasse 150 millions de points.", "The image exceeds 150 million pixels."},
    {"page.memory", "L’image décodée dépasserait la taille permise.",
     "The decoded image would be larger than allowed."},
    {"page.compression", "L’image est compressée d’une façon que nous ne lisons pas.",
     "The image is compressed in a way that we do not read."},
    {"page.bits", "L’image a des nuances codées d’une façon que nous ne lisons pas.",
     "The image's tones are coded in a way that we do not read."},
    {"page.scans", "L’image demande trop de passages pour être décodée.",
     "The image needs too many passes to be decoded."},
    {"page.hollow", "Le fichier est trop court pour l’image qu’il annonce.",
     "The file is too short for the image that it announces."},
    {"png.broken", "L’image PNG est incomplète ou abîmée.", "The PNG image is cut or damaged."},
}};

std::uint32_t big(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint32_t v = 0;
  for (std::size_t i = 0; i < width; ++i) v = v << 8 | static_cast<unsigned char>(bytes[at + i]);
  return v;
}

std::uint32_t crc_of(std::string_view bytes) {
  static const std::array<std::uint32_t, 256> table = [] {
    std::array<std::uint32_t, 256> t{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t c = i;
      for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xedb88320u ^ c >> 1 : c >> 1;
      t[i] = c;
    }
    return t;
  }();
  std::uint32_t crc = 0xffffffffu;
  for (const char c : bytes) crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ crc >> 8;
  return ~crc;
}

Result<Header> png_header(std::string_view bytes) {
  if (bytes.size() < 33) return header_fault("page.cut");
  if (bytes.substr(12, 4) != "IHDR" || big(bytes, 8, 4) != 13) return header_fault("page.no_header");
  Claim claim;
  claim.width = big(bytes, 16, 4), claim.height = big(bytes, 20, 4);
  const unsigned depth = static_cast<unsigned char>(bytes[24]),
                 colour = static_cast<unsigned char>(bytes[25]);
  static constexpr std::array<unsigned, 7> channels{1, 0, 3, 1, 2, 0, 4};
  const bool known = colour < 7 && channels[colour] != 0 &&
                     (depth == 8 || (depth == 16 && colour != 3) ||
                      ((colour == 0 || colour == 3) && (depth == 1 || depth == 2 || depth == 4)));
  claim.bits_a_pixel = known ? depth * channels[colour] : 0;
  claim.stream_bytes = bytes.size();
  return Header{FileKind::png, {claim}, false};
}

bool is_frame(unsigned marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

Result<Header> jpeg_header(std::string_view bytes) {
  Claim claim;
  claim.scans = 0, claim.stream_bytes = bytes.size();
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    // Between segments, and in the coefficients of a scan, whatever is no marker is passed over.
    at = bytes.find('\xff', at);
    if (at == bytes.npos || at + 4 > bytes.size()) break;
    const unsigned marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xff) {
      ++at;
      continue;
    }
    if (marker == 0xd9) break;
    const bool bare = marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= 0xd8);
    if (bare) {
      at += 2;
      continue;
    }
    if (is_frame(marker) && claim.compression == 0) {
      if (at + 10 > bytes.size()) return header_fault("page.cut");
      claim.compression = marker;
      claim.height = big(bytes, at + 5, 2), claim.width = big(bytes, at + 7, 2);
      const unsigned components = static_cast<unsigned char>(bytes[at + 9]);
      const bool usual = bytes[at + 4] == 8 && (components == 1 || components == 3 || components == 4);
      claim.bits_a_pixel = usual ? 8 * components : 0;
    }
    if (marker == 0xda && ++claim.scans > most_scans) break;
    at += 2 + std::max<std::size_t>(big(bytes, at + 2, 2), 2);
  }
  if (claim.compression == 0) return header_fault("page.no_header");
  return Header{FileKind::jpeg, {claim}, false};
}

const char* stream_doubt(FileKind kind, const Claim& claim) {
  static constexpr std::array<std::uint64_t, 9> tiff{1, 2, 3, 4, 5, 7, 8, 32'773, 32'946};
  const std::uint64_t pixels = claim.width * claim.height;
  const bool jpeg_read = claim.compression >= 0xc0 && claim.compression <= 0xc2;
  if (kind == FileKind::tiff && std::ranges::find(tiff, claim.compression) == tiff.end())
    return "page.compression";
  if (kind == FileKind::jpeg && !jpeg_read) return "page.compression";
  if (claim.bits_a_pixel == 0) return "page.bits";
  if (claim.scans > most_scans || (claim.compression == 0xc2 && claim.scans * pixels > most_scanned_pixels))
    return "page.scans";
  const std::uint64_t stream = claim.stream_bytes + hollow_slack_bytes;
  const bool hollow_jpeg = kind == FileKind::jpeg && pixels / most_pixels_a_jpeg_byte > stream;
  const bool deflated = kind == FileKind::png ||
                        (kind == FileKind::tiff && (claim.compression == 8 || claim.compression == 32'946));
  const bool hollow_deflate = deflated && claim.stream_bytes > 0 &&
                              pixels * claim.bits_a_pixel / 8 / most_bytes_a_deflate_byte > stream;
  return hollow_jpeg || hollow_deflate ? "page.hollow" : nullptr;
}

const char* doubt(FileKind kind, const Claim& claim, std::uint64_t decoded_bytes) {
  if (claim.width == 0 || claim.height == 0) return "page.no_pixels";
  if (claim.width > max_side || claim.height > max_side) return "page.side";
  if (claim.width * claim.height > max_pixels || claim.piece_pixels > max_pixels) return "page.pixels";
  const std::uint64_t bytes = (claim.bits_a_pixel + 7) / 8;
  if (std::max(claim.width * claim.height, claim.piece_pixels) * bytes > decoded_bytes) return "page.memory";
  return stream_doubt(kind, claim);
}

}  // namespace

tl::unexpected<letter::Reason> header_fault(const std::string& code) {
  const auto* const words = std::ranges::find(all_words, code, &Words::code);
  ENSURE(words != all_words.end());
  return letter::fault(words->code, words->fr, words->en);
}

std::optional<FileKind> kind_of(std::string_view bytes) {
  const auto starts = [&](std::string_view magic) { return bytes.substr(0, magic.size()) == magic; };
  if (starts(std::string_view("II*\0", 4)) || starts(std::string_view("MM\0*", 4)) ||
      starts(std::string_view("II+\0", 4)) || starts(std::string_view("MM\0+", 4)))
    return FileKind::tiff;
  if (starts("\x89PNG\r\n\x1a\n")) return FileKind::png;
  if (starts("\xff\xd8\xff")) return FileKind::jpeg;
  // Some producers put a few bytes before the header; readers have always looked in the first kilobyte.
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return FileKind::pdf;
  return std::nullopt;
}

Result<Header> read_header(const std::string& bytes) {
  if (bytes.empty()) return header_fault("page.empty");
  if (bytes.size() > most_file_bytes) return header_fault("page.too_many_bytes");
  const auto kind = kind_of(bytes);
  if (!kind) return header_fault("page.unknown_format");
  if (*kind == FileKind::tiff) return read_tiff_header(bytes);
  if (*kind == FileKind::png) return png_header(bytes);
  if (*kind == FileKind::jpeg) return jpeg_header(bytes);
  return Header{FileKind::pdf, {}, false};
}

std::optional<letter::Reason> refusal(FileKind kind, const Claim& claim, std::uint64_t decoded_bytes) {
  const char* const code = doubt(kind, claim, decoded_bytes);
  if (code == nullptr) return std::nullopt;
  return header_fault(code).value();
}

Result<std::string> png_essence(const std::string& bytes) {
  static constexpr std::array<std::string_view, 5> needed{"IHDR", "PLTE", "tRNS", "IDAT", "pHYs"};
  const std::string_view all = bytes;
  std::string out = bytes.substr(0, 8);
  for (std::size_t at = 8; all.size() - at >= 12;) {
    const std::size_t length = big(all, at, 4);
    if (length > all.size() - at - 12) break;
    const std::string_view chunk = all.substr(at, length + 12), kind = chunk.substr(4, 4);
    const bool intact = crc_of(chunk.substr(4, length + 4)) == big(chunk, length + 8, 4);
    if (kind == "IEND") return out.append("\0\0\0\0IEND\xae\x42\x60\x82", 12);
    const bool critical = (kind[0] & 0x20) == 0, wanted = std::ranges::find(needed, kind) != needed.end();
    if ((critical && !wanted) || (wanted && kind != "pHYs" && !intact)) return header_fault("png.broken");
    if (wanted && intact) out += chunk;
    at += chunk.size();
  }
  return header_fault("png.broken");
}

}  // namespace page
