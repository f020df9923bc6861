#include "page/decode.hpp"

#include "page/jpeg.hpp"
#include "page/leptonica.hpp"
#include "page/pdf.hpp"
#include "page/resolution.hpp"
#include "page/tiff.hpp"

namespace page {
namespace {

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

letter::Result<Sheet> from_tiff(const std::string& bytes, std::uint32_t index, const Header& header) {
  auto sheet = from_page(read_tiff(bytes, index));
  if (!sheet) return sheet;
  sheet->pages = static_cast<std::uint32_t>(header.pages.size());
  if (header.cut) {
    sheet->damaged = true;
    sheet->notes.push_back({"tiff.chain", "La liste des pages est coupée : des pages peuvent manquer.",
                            "The list of pages is cut: pages may be missing."});
  }
  return sheet;
}

}  // namespace

letter::Result<Sheet> decode(const std::string& bytes, std::uint32_t index, std::uint64_t decoded_bytes) {
  const auto header = read_header(bytes);
  if (!header) return tl::unexpected(header.error());
  if (header->kind == FileKind::pdf) return from_page(read_pdf(bytes, index, decoded_bytes));
  if (index >= header->pages.size())
    return letter::fault("page.absent", "La page n’existe pas dans le fichier.",
                         "The file has no such page.");
  if (const auto why = refusal(header->kind, header->pages[index], decoded_bytes))
    return tl::unexpected(*why);
  if (header->kind == FileKind::tiff) return from_tiff(bytes, index, *header);
  if (header->kind == FileKind::jpeg) return from_flat(read_jpeg(bytes), "jpeg.damaged");
  const auto essence = png_essence(bytes);
  if (!essence) return tl::unexpected(essence.error());
  return from_flat(read_png(*essence), "png.damaged");
}

}  // namespace page
