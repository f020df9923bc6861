// Fax group 4: four bytes of sides, one of options, then the strip.
#include <string_view>

#include "page/g4.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 5) return 0;
  const std::string_view strip(reinterpret_cast<const char*>(bytes) + 5, size - 5);
  page::check_g4(strip, {bytes[0] * 256u + bytes[1], bytes[2] * 256u + bytes[3], (bytes[4] & 1) != 0,
                         (bytes[4] & 2) != 0});
  return 0;
}
