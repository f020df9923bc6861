#include "page/view.hpp"

#include <vector>

#include "page/decode.hpp"
#include "page/disposable.hpp"
#include "page/leptonica.hpp"
#include "page/pdf.hpp"
#include "page/raster.hpp"

namespace page {

letter::Result<std::string> render(const std::string& master, const View& view, std::uint64_t decoded_bytes) {
  cv::setNumThreads(0);  // behind walls no thread can be made
  const bool all = !view.page;
  if (all && view.format == ViewFormat::png)
    return letter::fault("view.all_png", "Un PNG ne contient qu’une page : demandez-en une.",
                         "A PNG holds one page: ask for one.");
  const bool untouched = view.turn_deg % 360 == 0 && view.skew_deg == 0;
  if (all && untouched && kind_of(master) == FileKind::pdf) return master;
  std::vector<std::string> pages;
  std::uint32_t index = view.page.value_or(0), end = index + 1;
  for (; index < end; ++index) {
    page_begins();
    auto sheet = decode(master, index, decoded_bytes);
    if (!sheet) return tl::unexpected(sheet.error());
    if (all) end = sheet->pages;
    Straight straight = straighten(sheet->raster, view.turn_deg, view.skew_deg);
    straight.raster.bilevel = straight.raster.bilevel && view.skew_deg == 0;
    if (view.format == ViewFormat::png) return write_png(straight.raster);
    pages.push_back(write_pdf_page(straight.raster));
  }
  return pages.size() == 1 ? pages.front() : join_pdf(pages);
}

}  // namespace page
