#include "ingest/split.hpp"

#include <algorithm>

#include "page/pdf_sheets.hpp"
#include "page/tiff_sheets.hpp"

namespace ingest {
namespace {

letter::Result<std::vector<std::string>> cut(const std::string& bytes, const page::Sheets& sheets,
                                             std::uint32_t pages_each) {
  if (sheets.media_type == "application/pdf") return page::cut_pdf(bytes, pages_each);
  const auto file = page::walk_tiff(bytes);
  if (!file) return tl::unexpected(file.error());
  std::vector<std::string> parts;
  for (std::size_t first = 0; first < file->pages.size(); first += pages_each)
    parts.push_back(
        page::cut_tiff(bytes, *file, first, std::min<std::size_t>(pages_each, file->pages.size() - first)));
  return parts;
}

}  // namespace

letter::Result<std::vector<Part>> split(const std::string& bytes, const page::Sheets& sheets,
                                        const SplitRule& rule) {
  const std::uint32_t each = rule.pages_per_letter;
  if (each == 0 || sheets.pages <= each) return std::vector<Part>{{bytes, sheets}};
  auto pieces = cut(bytes, sheets, each);
  if (!pieces) return tl::unexpected(pieces.error());
  std::vector<Part> parts;
  std::uint32_t left = sheets.pages;
  for (std::string& piece : *pieces) {
    const std::uint32_t pages = std::min(each, left);
    left -= pages;
    parts.push_back({std::move(piece), {sheets.media_type, pages}});
  }
  if (left != 0) return page::sheets_fault("broken");
  return parts;
}

}  // namespace ingest
