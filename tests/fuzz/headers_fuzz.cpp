// What any file claims: TIFF, PNG, JPEG and PDF headers, and the picture of a PNG without its trimmings.
#include <string>

#include "page/headers.hpp"
#include "page/tiff_sheets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string file(reinterpret_cast<const char*>(bytes), size);
  if (const auto header = page::read_header(file)) {
    for (const page::Claim& claim : header->pages) page::refusal(header->kind, claim);
    if (header->kind == page::FileKind::png && !page::png_essence(file)) return 0;
  }
  if (const auto walked = page::walk_tiff(file)) page::cut_tiff(file, *walked, 0, walked->pages.size());
  return 0;
}
