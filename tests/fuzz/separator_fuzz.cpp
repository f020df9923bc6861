// Any bytes as the text of a code on a page: read or refused, and what is read
// is written back the same.
#include <cstddef>
#include <cstdint>
#include <string>

#include "page/separator.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  if (const auto separator = page::parse_separator(text))
    ENSURE(page::parse_separator(page::payload(*separator)) == *separator);
  (void)page::parse_form_page(text);
  if (const auto marks = page::parse_sheet_marks(text))
    ENSURE(page::parse_sheet_marks(page::text(*marks)) == *marks);
  return 0;
}
