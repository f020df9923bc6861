#include "ingest/split.hpp"

#include <algorithm>

#include "page/pdf_sheets.hpp"
#include "page/tiff_sheets.hpp"

namespace ingest {
namespace {

using page::SheetRange;

letter::Result<std::vector<std::string>> cut(const std::string& bytes, const page::Sheets& sheets,
                                             const std::vector<SheetRange>& ranges,
                                             const page::FileLimits& limits) {
  if (sheets.media_type == "application/pdf") return page::cut_pdf(bytes, ranges, limits);
  const auto file = page::walk_tiff(bytes);
  if (!file) return tl::unexpected(file.error());
  std::vector<std::string> parts;
  for (const SheetRange& range : ranges) {
    if (std::size_t{range.first} + range.pages > file->pages.size()) return page::sheets_fault("broken");
    parts.push_back(page::cut_tiff(bytes, *file, range.first, range.pages));
  }
  return parts;
}

}  // namespace

letter::Result<std::vector<Part>> split(const std::string& bytes, const page::Sheets& sheets,
                                        const std::vector<SheetRange>& ranges,
                                        const page::FileLimits& limits) {
  if (ranges == std::vector<SheetRange>{{0, sheets.pages}}) return std::vector<Part>{{bytes, sheets}};
  if (ranges.empty()) return std::vector<Part>{};
  auto pieces = cut(bytes, sheets, ranges, limits);
  if (!pieces) return tl::unexpected(pieces.error());
  std::vector<Part> parts;
  for (std::size_t i = 0; i < ranges.size(); ++i)
    parts.push_back({std::move((*pieces)[i]), {sheets.media_type, ranges[i].pages}});
  return parts;
}

}  // namespace ingest
