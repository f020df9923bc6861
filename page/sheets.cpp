#include "page/sheets.hpp"

#include <array>
#include <string_view>

#include "page/pdf_sheets.hpp"
#include "page/tiff_sheets.hpp"

namespace page {
namespace {

using letter::Result;

struct Words {
  std::string_view word, fr, en;
};
constexpr std::array<Words, 9> all_words{{
    {"empty", "Le fichier est vide.", "The file is empty."},
    {"too_large", "Le fichier dépasse 64 Mio.", "The file is larger than 64 MiB."},
    {"unknown", "Ce n'est ni un TIFF, ni un PNG, ni un JPEG, ni un PDF.",
     "This is no TIFF, PNG, JPEG or PDF."},
    {"cut", "Le fichier est coupé : il en manque la fin.", "The file is cut: its end is missing."},
    {"sides", "Une page est vide ou trop grande (20 000 points de côté, 150 millions en tout).",
     "A page is empty or too large (20,000 pixels a side, 150 million in all)."},
    {"pages", "Le fichier n'a pas de page, ou plus de 200.", "The file has no page, or more than 200."},
    {"loop", "La liste des pages du fichier tourne en rond.", "The file's list of pages runs in a circle."},
    {"compression", "Les images sont compressées d'une façon que nous ne lisons pas.",
     "The images are compressed in a way that we do not read."},
    {"locked", "Le PDF est protégé par un mot de passe.", "The PDF is locked with a password."},
}};

std::uint32_t big_endian(const std::string& bytes, std::size_t at, std::size_t count) {
  std::uint32_t n = 0;
  for (std::size_t i = 0; i < count; ++i) n = (n << 8) | static_cast<unsigned char>(bytes[at + i]);
  return n;
}

// Bit depths that go with each colour type.
bool png_kind_is_real(unsigned depth, unsigned colour) {
  const std::string_view depths = colour == 0                                 ? "\1\2\4\10\20"
                                  : colour == 3                               ? "\1\2\4\10"
                                  : colour == 2 || colour == 4 || colour == 6 ? "\10\20"
                                                                              : "";
  return depths.find(static_cast<char>(depth)) != std::string_view::npos;
}

std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t crc = 0xffffffffu;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xedb88320u : 0u);
  }
  return ~crc;
}

Result<Sheets> count_png(const std::string& bytes) {
  constexpr std::size_t head_end = 8 + 8 + 13 + 4;
  if (bytes.size() < head_end) return sheets_fault("cut");
  if (bytes.compare(12, 4, "IHDR") != 0 || big_endian(bytes, 8, 4) != 13 ||
      crc32_of(std::string_view(bytes).substr(12, 17)) != big_endian(bytes, 29, 4) ||
      !png_kind_is_real(static_cast<unsigned char>(bytes[24]), static_cast<unsigned char>(bytes[25])))
    return sheets_fault("broken");
  if (!sides_fit(big_endian(bytes, 16, 4), big_endian(bytes, 20, 4))) return sheets_fault("sides");
  bool pixels = false;
  for (std::size_t at = head_end; at + 12 <= bytes.size();) {
    const std::uint64_t length = big_endian(bytes, at, 4);
    const std::string_view kind = std::string_view(bytes).substr(at + 4, 4);
    if (bytes.size() - at < length + 12) return sheets_fault("cut");
    if (kind == "IDAT") pixels = true;
    if (kind == "IEND") return pixels ? Result<Sheets>(Sheets{"image/png", 1}) : sheets_fault("broken");
    at += static_cast<std::size_t>(length) + 12;
  }
  return sheets_fault("cut");
}

// Baseline, extended and progressive Huffman; everything else is rare on a scanner and unread here.
Result<Sheets> count_jpeg(const std::string& bytes) {
  std::size_t at = 2;
  bool sized = false;
  while (at + 4 <= bytes.size()) {
    if (bytes[at] != '\xff') return sheets_fault("broken");
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xff) {
      ++at;
      continue;
    }
    const std::size_t length = big_endian(bytes, at + 2, 2);
    if (length < 2) return sheets_fault("broken");
    if (at + 2 + length > bytes.size()) return sheets_fault("cut");
    const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame) {
      if (marker > 0xc2) return sheets_fault("compression");
      if (length < 8) return sheets_fault("broken");
      if (!sides_fit(big_endian(bytes, at + 7, 2), big_endian(bytes, at + 5, 2)))
        return sheets_fault("sides");
      sized = true;
    }
    at += 2 + length;
    if (marker == 0xda) {
      if (!sized) return sheets_fault("broken");
      const std::size_t end = bytes.rfind("\xff\xd9");
      return end != std::string::npos && end >= at ? Result<Sheets>(Sheets{"image/jpeg", 1})
                                                   : sheets_fault("cut");
    }
  }
  return sheets_fault("cut");
}

}  // namespace

tl::unexpected<letter::Reason> sheets_fault(const std::string& word) {
  for (const Words& words : all_words)
    if (words.word == word)
      return letter::fault("sheets." + word, std::string(words.fr), std::string(words.en));
  return letter::fault("sheets.broken", "Le fichier est endommagé : sa structure n'est pas lisible.",
                       "The file is damaged: its structure cannot be read.");
}

bool sides_fit(std::uint64_t width, std::uint64_t height) {
  return width > 0 && height > 0 && width <= max_side && height <= max_side && width * height <= max_pixels;
}

Result<Sheets> count_sheets(const std::string& bytes, const FileLimits& limits) {
  if (bytes.empty()) return sheets_fault("empty");
  if (bytes.size() > most_file_bytes) return sheets_fault("too_large");
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return count_png(bytes);
  if (bytes.starts_with("\xff\xd8\xff")) return count_jpeg(bytes);
  if (looks_like_tiff(bytes)) {
    const auto file = walk_tiff(bytes);
    if (!file) return tl::unexpected(file.error());
    return Sheets{"image/tiff", static_cast<std::uint32_t>(file->pages.size())};
  }
  if (std::string_view(bytes).substr(0, 1024).find("%PDF-") != std::string_view::npos) {
    const auto pages = count_pdf(bytes, limits);
    if (!pages) return tl::unexpected(pages.error());
    return Sheets{"application/pdf", *pages};
  }
  return sheets_fault("unknown");
}

}  // namespace page
