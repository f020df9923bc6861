// LZW and deflate streams, as they are told whole from hurt.
#include <string_view>

#include "page/damage.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view stream(reinterpret_cast<const char*>(bytes), size);
  page::lzw_whole(stream, size * 2, true);
  page::lzw_whole(stream, size * 2, false);
  page::deflate_whole(stream, size);
  page::weigh_tiff_warning(stream, stream);
  return 0;
}
