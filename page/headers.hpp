// What a file claims, read before any library sees it: parsers of our own, total on any bytes. What is
// absurd is refused here, each time with a reason of its own; what is damaged behind its header is not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "letter/result.hpp"
#include "page/limits.hpp"

namespace page {

enum class FileKind { tiff, png, jpeg, pdf };
// By its first bytes, never by its name.
std::optional<FileKind> kind_of(std::string_view bytes);

// One page, as its header has it.
struct Claim {
  std::uint64_t width = 0, height = 0;  // px
  std::uint64_t piece_pixels = 0;       // of a TIFF's tile, which may be larger than its image
  std::uint64_t bits_a_pixel = 0;       // decoded
  std::uint64_t compression = 0;        // TIFF's number; JPEG's frame marker; 0 for PNG
  std::uint64_t scans = 1;              // passes of a JPEG over its pixels
  std::uint64_t stream_bytes = 0;       // what the pixels are decoded from, as far as it is known
};

struct Header {
  FileKind kind = FileKind::pdf;
  std::vector<Claim> pages;  // none for PDF: counting them takes libqpdf
  bool cut = false;          // the list of pages breaks off: there may have been more
};

// Faults: page.empty, page.too_many_bytes (64 MiB), page.unknown_format, page.no_header, page.cut (it
// ends within its header), page.too_many (200), page.loop (the list of pages returns to itself),
// page.directory (a TIFF directory that cannot be).
letter::Result<Header> read_header(const std::string& bytes);

// Why a page must not be decoded: page.no_pixels, page.side (20,000 px), page.pixels (150 million),
// page.memory (over `decoded_bytes`), page.compression, page.bits, page.scans, page.hollow (fewer bytes than
// the sparest coding of so many pixels needs).
std::optional<letter::Reason> refusal(FileKind kind, const Claim& claim,
                                      std::uint64_t decoded_bytes = FileLimits{}.decoded_bytes);

// The same picture without what is not needed to see it (texts, profiles, private chunks). Faults:
// png.broken, when a chunk that is needed is cut, altered or unknown.
letter::Result<std::string> png_essence(const std::string& bytes);

// headers_tiff.cpp
letter::Result<Header> read_tiff_header(const std::string& bytes);
tl::unexpected<letter::Reason> header_fault(const std::string& code);

}  // namespace page
