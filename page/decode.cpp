#include "page/decode.hpp"

#include "page/leptonica.hpp"
#include "page/pdf.hpp"
#include "page/resolution.hpp"
#include "page/tiff.hpp"

namespace page {
namespace {

std::uint32_t big(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint32_t v = 0;
  for (std::size_t i = 0; i < width; ++i) v = v << 8 | static_cast<unsigned char>(bytes[at + i]);
  return v;
}

struct Sides {
  std::uint32_t width = 0, height = 0;
};

std::optional<Sides> png_sides(std::string_view bytes) {
  if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR") return std::nullopt;
  return Sides{big(bytes, 16, 4), big(bytes, 20, 4)};
}

// From the frame header, without any library: what is absurd never reaches a decoder.
std::optional<Sides> jpeg_sides(std::string_view bytes) {
  for (std::size_t at = 2; at + 9 < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) != 0xff) return std::nullopt;
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xff) {
      ++at;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
      return Sides{big(bytes, at + 7, 2), big(bytes, at + 5, 2)};
    const std::uint32_t length = big(bytes, at + 2, 2);
    if (length < 2) return std::nullopt;
    at += 2 + length;
  }
  return std::nullopt;
}

bool too_large(const Sides& sides) {
  return sides.width > max_side || sides.height > max_side ||
         std::uint64_t{sides.width} * sides.height > max_pixels;
}

letter::Result<Sheet> from_flat(letter::Result<Flat> flat, const char* code) {
  if (!flat) return tl::unexpected(flat.error());
  Sheet sheet;
  sheet.damaged = flat->damaged;
  if (flat->damaged)
    sheet.notes.push_back({code, "L’image est incomplète ou abîmée.", "The image is cut or damaged."});
  sheet.raster = settle_resolution(*flat);
  return sheet;
}

template <class Page>
letter::Result<Sheet> from_page(letter::Result<Page> page) {
  if (!page) return tl::unexpected(page.error());
  return Sheet{settle_resolution(page->flat), page->flat.damaged, std::move(page->notes), page->pages};
}

}  // namespace

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

letter::Result<Sheet> decode(const std::string& bytes, std::uint32_t index) {
  const auto kind = kind_of(bytes);
  if (!kind)
    return letter::fault("page.unknown_format", "Ce fichier n’est ni TIFF, ni PNG, ni JPEG, ni PDF.",
                         "This file is neither TIFF, PNG, JPEG nor PDF.");
  if (*kind == FileKind::tiff) return from_page(read_tiff(bytes, index));
  if (*kind == FileKind::pdf) return from_page(read_pdf(bytes, index));
  if (index != 0)
    return letter::fault("page.absent", "La page n’existe pas dans le fichier.",
                         "The file has no such page.");
  const auto sides = *kind == FileKind::png ? png_sides(bytes) : jpeg_sides(bytes);
  if (!sides)
    return letter::fault("page.no_header", "L’image n’a pas d’en-tête lisible.",
                         "The image has no readable header.");
  if (too_large(*sides))
    return letter::fault("page.too_large", "L’image est démesurée.", "The image is far too large.");
  return *kind == FileKind::png ? from_flat(read_png(bytes), "png.damaged")
                                : from_flat(read_jpeg(bytes), "jpeg.damaged");
}

}  // namespace page
